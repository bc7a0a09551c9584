"""Checking one row of the sheet: what it says of an enterprise, and everything found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from portal.enterprises.importing import numbers
from portal.enterprises.importing import values as own
from portal.enterprises.importing.columns import FIGURES, TITLE_OF
from portal.enterprises.importing.naming import NameReader
from portal.enterprises.importing.vocabulary import Vocabulary
from portal.enterprises.rules.figure_values import bounds_fault
from portal.sheets import values
from portal.sheets.cells import Cell, Row, masked
from portal.sheets.findings import Checked, Finding
from portal.sheets.terms import Level
from portal.sheets.walking import Walk
from portal.wording import gettext as _


@dataclass
class Facts:
    """What a row says, ready to be written; terms by id, money in 万元."""

    uscc: str = ""
    name: str = ""
    district_id: int | None = None
    zone_id: int | None = None
    industry_id: int | None = None
    key_industry_id: int | None = None
    node_id: int | None = None
    pillar_ids: list[int] = field(default_factory=list)
    titles: list[dict[str, str]] = field(default_factory=list)
    established_on: date | None = None
    registered_capital: Decimal | None = None
    products: str = ""
    website: str = ""
    revenue: Decimal | None = None
    rd_share: Decimal | None = None
    employees: int | None = None


@dataclass
class CheckedRow(Checked):
    """One row with what was found in it; `facts` count only where it was not refused."""

    facts: Facts = field(default_factory=Facts)


class RowChecker:
    """Checks the rows of one sheet; `districts` are those the clerk answers for, None for all.

    `taken` maps the codes of the rows accepted so far to their rows.
    """

    def __init__(
        self,
        walk: Walk,
        vocabulary: Vocabulary,
        districts: set[int] | None,
        taken: dict[str, int],
    ) -> None:
        self.walk = walk
        self.names = NameReader(vocabulary)
        self.metrics = vocabulary.metrics
        self.districts = districts
        self.taken = taken

    def check(self, row: Row) -> CheckedRow:
        """Return a row checked on its own and against the rows before it."""
        checked = CheckedRow(row.number, masked(self.walk.ref_of(row)), TITLE_OF)
        cell = partial(self.walk.value, row)
        self.read_identity(checked, cell("uscc"), cell("name"))
        self.read_place(checked, cell("district"), cell("zone"))
        self.read_figures(checked, row)
        facts = checked.facts
        self.names.read_chain(
            facts, self.parts(checked, row, "key_industry"), self.parts(checked, row, "node")
        )
        facts.pillar_ids = self.names.pillars(self.parts(checked, row, "pillars"))
        facts.industry_id = self.names.industry(self.parts(checked, row, "industry"))
        facts.titles = self.names.titles(self.parts(checked, row, "titles"))
        self.check_repeated(checked)
        return checked

    def parts(self, checked: CheckedRow, row: Row, key: str) -> tuple[str, values.Say]:
        """Return the text of a column and the function that speaks at it."""
        say = partial(checked.say, key)
        return values.text_of(self.walk.value(row, key), say), say

    def read_identity(self, checked: CheckedRow, code: Cell, name: Cell) -> None:
        """Read code and name; both are needed."""
        facts = checked.facts
        facts.uscc = own.code(code, partial(checked.say, "uscc"))
        say = partial(checked.say, "name")
        facts.name = values.line(name, say, 120)
        if not facts.name and not refused_at(checked.findings, TITLE_OF["name"]):
            say(Level.REFUSED, _("The name of the enterprise is missing: enter it"))

    def read_place(self, checked: CheckedRow, district: Cell, zone: Cell) -> None:
        """Read district and zone; the district is needed and must be the clerk's own."""
        say = partial(checked.say, "district")
        text = values.text_of(district, say)
        found = self.names.district((text, say))
        if found is None:
            return
        checked.facts.district_id = found.id
        if self.districts is not None and found.id not in self.districts:
            say(Level.REFUSED, _("You import for your own district only: leave this row to others"))
        at = partial(checked.say, "zone")
        checked.facts.zone_id = self.names.zone((values.text_of(zone, at), at), found)

    def read_figures(self, checked: CheckedRow, row: Row) -> None:
        """Read dates, amounts, counts, products and address."""
        readers: dict[str, Callable[[Cell, values.Say], Any]] = {
            "established_on": partial(own.founding_day, from_1904=self.walk.sheet.from_1904),
            "registered_capital": numbers.amount,
            "revenue": numbers.amount,
            "rd_share": numbers.share,
            "employees": numbers.staff,
            "products": partial(values.words, longest=300),
            "website": values.website,
        }
        for key, read in readers.items():
            cell = self.walk.value(row, key)
            if not cell.text and not cell.formula:
                continue
            say = partial(checked.say, key)
            try:
                setattr(checked.facts, key, read(cell, say))
            except values.Unusable as why:
                say(why.level, why.message)
        for key in FIGURES:
            self.check_figure(checked, key)

    def check_figure(self, checked: CheckedRow, key: str) -> None:
        """Leave out a figure beyond the bounds every form has."""
        value = getattr(checked.facts, key)
        fault = "" if value is None else bounds_fault(self.metrics[key], value)
        if fault:
            setattr(checked.facts, key, None)
            checked.say(key, Level.WARNED, _("%(why)s (left empty)", why=fault))

    def check_repeated(self, checked: CheckedRow) -> None:
        """Refuse a code an earlier row was accepted with; remember it otherwise."""
        code = checked.facts.uscc
        first = self.taken.get(code)
        if first is not None:
            checked.say(
                "uscc",
                Level.REFUSED,
                _("Row %(row)d has the same code: keep one of the two rows", row=first),
            )
        elif checked.is_accepted:
            self.taken[code] = checked.row


def refused_at(findings: Iterable[Finding], column: str) -> bool:
    """Say whether a column was refused already."""
    return any(each.column == column and each.level is Level.REFUSED for each in findings)
