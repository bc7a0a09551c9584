"""From marked YAML to a rule version: every key, type and name checked where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    """Return the version a file describes; raises RuleFileError, the first fault of the file,
    which knows the others."""
    reader = Reader(document.text("id"), vocabulary)
    with reader.gathering():
        document.only(*KEYS)
    with reader.gathering():
        document.one_of("rule", "sizes")
    with reader.gathering():
        reader.read_figures(document)
    parts: dict[str, Any] = {}
    for name, read in {**OF_ITSELF, **OF_RULES}.items():
        with reader.gathering():
            parts[name] = read(document, reader)
    reader.raise_found()
    version = Version(place=document.place, dates=document.place_of("effective"), **parts)
    check_marks(version)
    return version


def _documents(document: Mapping, reader: Reader) -> tuple[Document, ...]:
    return reader.each(reading.sequence(document.get("documents")), _document)


OF_ITSELF: dict[str, Callable[[Mapping, Reader], object]] = {
    "id": lambda document, _reader: document.text("id"),
    "series": lambda document, _reader: document.text("series"),
    "title": lambda document, _reader: document.text_or("title") or None,
    "said": lambda document, _reader: _named(document),
    "note": lambda document, _reader: said(document, "note_"),
    "documents": _documents,
    "confidence": lambda document, _reader: confidence(document),
    "in_force": lambda document, _reader: _period(document),
    "recheck": lambda document, _reader: _recheck(document),
    "indicative": lambda document, _reader: document.flag("indicative"),
    "applying": lambda document, _reader: _applying(document),
}


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
        with reader.gathering():
            _check_said(part)
    return rule


def _check_said(part: Criterion) -> None:
    if not part.said.zh or not part.clause or part.confidence is None:
        part.place.refuse(
            _(
                "A criterion needs its text (zh), its clause and its confidence: %(id)s",
                id=part.id,
            )
        )


def _remarks(document: Mapping, reader: Reader) -> tuple[Criterion, ...]:
    if "remarks" not in document:
        return ()
    listed = reading.sequence(document.get("remarks")).items
    numbers = iter(range(1, len(listed) + 1))
    return reader.each(
        listed, lambda node: reader.criterion(node, f"{reader.version}.remark.{next(numbers)}")
    )


OF_RULES: dict[str, Callable[[Mapping, Reader], object]] = {
    "score": read_score,
    "rule": _rule,
    "remarks": _remarks,
    "sizes": read_sizes,
}
