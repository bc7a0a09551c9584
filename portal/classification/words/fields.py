"""The facts of an enterprise to copy to an official platform, field by field (对照表)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portal.classification import parsed_rules
from portal.classification.applying import Applying, Field
from portal.classification.criteria.explanation import value_of
from portal.classification.criteria.vocabulary import Ref
from portal.classification.words.values import (
    fact_name,
    fact_value,
    name_of,
    source_words,
)
from portal.enterprises.terms.record import FIELD_NAMES
from portal.web.filters import money

if TYPE_CHECKING:
    from portal.classification.passport import Passport


@dataclass(frozen=True)
class FieldRow:
    """One field: its name there, the value (empty: missing), and where it comes from."""

    name: str
    value: str
    source: str
    item: Mapping[str, Any] | None


def field_groups(passport: Passport, applying: Applying) -> list[tuple[str, list[FieldRow]]]:
    """Return the platform's groups of fields with the values of an enterprise."""
    return [
        (name_of(vars(said)), [field_row(passport, one) for one in fields])
        for said, fields in applying.groups
    ]


def field_row(passport: Passport, field: Field) -> FieldRow:
    """Return one field's row."""
    own = name_of(vars(field.said)) if field.said.zh else ""
    if field.ref is None:
        return FieldRow(
            own or str(FIELD_NAMES[field.record]), record_value(passport, field.record), "", None
        )
    vocabulary = parsed_rules.vocabulary()
    metric, back = field.ref
    if back is None and vocabulary.metrics[metric].years:
        back = 0
    item = value_of(Ref(metric, back), passport.facts, vocabulary)
    if own:
        item = item | vars(field.said)
    return FieldRow(
        fact_name(item), fact_value(item, passport.metrics), source_words(item["source"]), item
    )


def record_value(passport: Passport, name: str) -> str:
    """Return a field of the record as it is read."""
    value = getattr(passport.enterprise, name)
    return money(value) if name == "registered_capital" else str(value or "")


def copied_text(groups: list[tuple[str, list[FieldRow]]]) -> str:
    """Return the whole table as lines of name and value, a tab between them."""
    return "\n".join(f"{row.name}\t{row.value}" for _name, rows in groups for row in rows)
