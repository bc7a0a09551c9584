"""What the templates of the passport are given, the same for members and officers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _

from portal.classification.criteria.size_table import SIZE
from portal.classification.passport import Passport
from portal.classification.terms.assessments import GAP_NAMES
from portal.classification.terms.titles import STANDING_NAMES
from portal.classification.words import criteria, points, values
from portal.classification.words.advice import (
    Advice,
    Page,
    advice_for,
    judgements,
    missing_facts,
    page_for,
)
from portal.classification.words.fields import copied_text, field_groups
from portal.classification.words.heads import head_of
from portal.errors import NotFound


class Address(Protocol):
    """Returns the address of a page of the passport."""

    def __call__(self, endpoint: str, **values: Any) -> str: ...


@dataclass(frozen=True)
class Reader:
    """How the pages lead on for whoever reads them: layout, way back, pages of the record, where a
    fact is stated (a form and the fact, or nothing) and where titles are put on record."""

    layout: str
    crumbs: Sequence[tuple[object, str]]
    tabs: Sequence[tuple[object, str, bool]]
    address: Address
    stating: Callable[[Page, str], str]
    claiming: str

    def states(self, advice: Advice) -> str:
        """Return where the facts of an advice are stated."""
        return self.stating(advice.page, "") if advice.page else ""


def page_of_passport(passport: Passport, reader: Reader) -> dict[str, Any]:
    """Return the values of the passport's page."""
    return {
        "passport": passport,
        "reader": reader,
        "gap_names": GAP_NAMES,
        "size_words": size_words(passport),
        "standing_names": STANDING_NAMES,
        "words": values,
        "crumbs_to": [*reader.crumbs, (_("Title passport"), None)],
    }


def page_of_assessment(passport: Passport, series: str, reader: Reader) -> dict[str, Any]:
    """Return the values of the page of one title's pre-check; raises NotFound."""
    line = passport.line(series)
    explanation, assessment = line.explanation, line.standing.judged.assessment
    metrics = passport.metrics
    return {
        "passport": passport,
        "line": line,
        "reader": reader,
        "explanation": explanation,
        "head": head_of(explanation, assessment),
        "advice": advice_for(explanation, metrics, passport.size_explanation),
        "judgements": judgements(explanation),
        "rows": criteria.criteria_rows(explanation, metrics),
        "remarks": criteria.remark_rows(explanation, metrics),
        "dimensions": points.dimensions(explanation, assessment, metrics),
        "fact_link": lambda item: fact_link(item, passport, reader),
        "by_reviewer": lambda item: is_by_reviewer(item, passport),
        "others": [other for other in passport.lines if other is not line],
        "size_words": size_words(passport),
        "standing_names": STANDING_NAMES,
        "words": values,
        "crumbs_to": [
            *reader.crumbs,
            (_("Title passport"), reader.address("passport")),
            (line.name, None),
        ],
    }


def page_of_fields(passport: Passport, series: str, reader: Reader) -> dict[str, Any]:
    """Return the values of the table to copy from (对照表); raises NotFound where there is none."""
    line = passport.line(series)
    if not line.applying.groups:
        raise NotFound
    groups = field_groups(passport, line.applying)
    return {
        "passport": passport,
        "line": line,
        "reader": reader,
        "explanation": line.explanation,
        "groups": groups,
        "missing": sum(not row.value for _name, rows in groups for row in rows),
        "text": copied_text(groups),
        "fact_link": lambda item: fact_link(item, passport, reader),
        "words": values,
        "crumbs_to": [
            *reader.crumbs,
            (_("Title passport"), reader.address("passport")),
            (line.name, reader.address("assessment", series=series)),
            (_("Facts to copy from"), None),
        ],
    }


def fact_link(item: Any, passport: Passport, reader: Reader) -> str:
    """Return where a fact is stated; of a size class, where the first it follows from is."""
    if item["metric"] == SIZE:
        size = passport.size_explanation
        item = next(iter(missing_facts(size).values()), item) if size else item
    return reader.stating(page_for(item, passport.metrics), item["metric"])


def is_by_reviewer(item: Any, passport: Passport) -> bool:
    """Say whether a fact is for a reviewer to state."""
    metric = passport.metrics.get(item["metric"])
    return metric is not None and metric.filled_by == "officer"


def size_words(passport: Passport) -> dict[str, Any] | None:
    """Return the size class and the figures it follows from, None where no table is in force."""
    if passport.size is None:
        return None
    explained = passport.size.explanation["size"]
    names = [str(values.SIZE_NAMES[name]) for name in explained["possible"]]
    return {
        "class": str(_(" or ")).join(names),
        "decided": explained["class"] is not None,
        "industry": [values.name_of(row) for row in explained["rows"]],
        "figures": [
            (
                values.fact_name(figure),
                values.fact_value(figure, passport.metrics) or str(_("not stated")),
            )
            for row in explained["rows"][:1]
            for figure in row["figures"]
        ],
        "document": passport.size.explanation["documents"][0],
    }
