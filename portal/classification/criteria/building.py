"""From marked YAML to a rule version: every key, type and name checked where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.checking import check_marks
from portal.classification.criteria.conditions import Reader, read_confidence, said
from portal.classification.criteria.nodes import (
    Applying,
    Confidence,
    Criterion,
    Document,
    Group,
    Period,
    Said,
    Version,
)
from portal.classification.criteria.reading import Mapping
from portal.classification.criteria.scores import read_score
from portal.classification.criteria.size_table import read_sizes
from portal.classification.criteria.vocabulary import Vocabulary

KEYS = (
    "id",
    "series",
    "title",
    "zh",
    "en",
    "note_zh",
    "note_en",
    "documents",
    "confidence",
    "effective",
    "expires",
    "recheck",
    "indicative",
    "apply",
    "figures",
    "rule",
    "score",
    "remarks",
    "sizes",
)


def build(document: Mapping, vocabulary: Vocabulary) -> Version:
    """Return the version a file describes; raises RuleFileError at the first fault."""
    document.only(*KEYS)
    document.one_of("rule", "sizes")
    reader = Reader(document.text("id"), vocabulary)
    reader.read_figures(document)
    score = read_score(document, reader)
    rule = _rule(document, reader)
    version = Version(
        id=document.text("id"),
        series=document.text("series"),
        title=document.text_or("title") or None,
        said=_named(document),
        documents=tuple(
            _document(reading.mapping(one)) for one in reading.sequence(document.get("documents"))
        ),
        confidence=confidence(document),
        in_force=_period(document),
        recheck=_recheck(document),
        indicative=document.flag("indicative"),
        applying=_applying(document),
        place=document.place,
        note=said(document, "note_"),
        rule=rule,
        score=score,
        remarks=tuple(_remarks(document, reader)),
        sizes=read_sizes(document, reader),
        dates=document.place_of("effective"),
    )
    check_marks(version)
    return version


def confidence(node: Mapping) -> Confidence:
    """Return how well something is backed, which must be said."""
    node.get("confidence")
    found = read_confidence(node)
    assert found is not None
    return found


def _named(document: Mapping) -> Said:
    return Said(document.text("zh"), document.text("en"))


def _document(node: Mapping) -> Document:
    node.only("title", "number", "issuer", "issued", "confidence", "url")
    return Document(
        node.text("title"),
        node.text_or("number"),
        node.text("issuer"),
        node.text("issued"),
        confidence(node),
        _address(node),
    )


def _address(node: Mapping) -> str:
    found = node.text_or("url")
    if found and not found.startswith(("https://", "http://")):
        node.place_of("url").refuse(_("An address begins with https:// or http://"))
    return found


def _period(node: Mapping) -> Period:
    begin = reading.scalar(node.get("effective")).as_date()
    end = node.date_or_none("expires")
    if end is not None and end < begin:
        node.place_of("expires").refuse(_("It expires before it takes effect"))
    return Period(begin, end)


def _recheck(document: Mapping) -> Period | None:
    if "recheck" not in document:
        return None
    node = reading.mapping(document.get("recheck"))
    node.only("effective", "expires")
    return _period(node)


def _applying(document: Mapping) -> Applying:
    if "apply" not in document:
        return Applying(Said(), Said())
    node = reading.mapping(document.get("apply"))
    node.only("platform_zh", "platform_en", "window_zh", "window_en")
    return Applying(said(node, "platform_"), said(node, "window_"))


def _rule(document: Mapping, reader: Reader) -> Group | None:
    if "rule" not in document:
        return None
    node = reading.mapping(document.get("rule"))
    node.only("all")
    rule = reader.criterion(node, reader.version)
    assert isinstance(rule, Group)
    for part in rule.parts:
        if not part.said.zh or not part.clause or part.confidence is None:
            part.place.refuse(
                _(
                    "A criterion needs its text (zh), its clause and its confidence: %(id)s",
                    id=part.id,
                )
            )
    return rule


def _remarks(document: Mapping, reader: Reader) -> Iterator[Criterion]:
    if "remarks" in document:
        for number, node in enumerate(reading.sequence(document.get("remarks")), 1):
            yield reader.criterion(reading.mapping(node), f"{reader.version}.remark.{number}")
