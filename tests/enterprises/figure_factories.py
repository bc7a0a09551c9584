"""Figures for tests: shapes without a database, and statements made as people make them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app

from portal import files
from portal.accounts.models import Person
from portal.enterprises.actions.evidence import add_evidence
from portal.enterprises.actions.figures import record_figures
from portal.enterprises.models import Enterprise, Figure
from portal.enterprises.queries.figures import figures_version
from portal.enterprises.terms.figures import Source
from portal.files import StoredFile
from tests.files.factories import PDF
from tests.scenes import scene


@dataclass
class Shape:
    """A metric as the rules see it."""

    code: str = "revenue"
    kind: str = "decimal"
    unit: str = "wan"
    minimum: str | None = "0"
    maximum: str | None = "100000000"
    at_most: str | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)


@scene
def state(
    actor: Person,
    enterprise: Enterprise,
    year: int | None = 2025,
    source: Source = Source.SELF_DECLARED,
    notes: dict[str, str] | None = None,
    **values: Any,
) -> list[Figure]:
    """State figures; whole numbers of money are written as such: revenue=2240."""
    version = figures_version(enterprise, year)
    as_of = date(year, 12, 31) if year else date(2026, 11, 20)
    typed = {code: exact(code, value) for code, value in values.items()}
    return record_figures(actor, enterprise, year, typed, source, as_of, version, notes)


@scene
def make_evidence(
    actor: Person,
    enterprise: Enterprise,
    purpose: str = "revenue@2025",
    content: bytes = PDF,
    name: str = "审计报告.pdf",
) -> StoredFile:
    """Keep a file as evidence."""
    folder = current_app.config["FILES"]
    with files.receiving(folder, io.BytesIO(content), name, field="proof") as received:
        return add_evidence(actor, enterprise, purpose, received)


def exact(code: str, value: Any) -> Any:
    """Return a value as a form hands it over."""
    whole = code in ("employees", "tech_staff", "rd_staff") or code.startswith("ip")
    if isinstance(value, bool) or value is None or whole or not str(value)[-1].isdigit():
        return value
    return Decimal(str(value))
