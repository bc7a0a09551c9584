"""A row whose code is on record already: unchanged, kept as it is, or filled in where empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portal.enterprises.importing.checking import CheckedRow
from portal.enterprises.importing.columns import TITLE_OF
from portal.enterprises.queries.imports import COMPARED, pillars_of, records_by_code
from portal.enterprises.terms.record import PUBLIC, Existing, RowAct
from portal.sheets.terms import Level
from portal.wording import gettext as _

FIELD_OF = {
    "name": "name",
    "district_id": "district",
    "zone_id": "zone",
    "industry_id": "industry",
    "key_industry_id": "key_industry",
    "node_id": "node",
    "established_on": "established_on",
    "registered_capital": "registered_capital",
    "products": "products",
    "website": "website",
}
EMPTY: tuple[object, ...] = (None, "", [])


class Comparison:
    """Compares accepted rows with the records that hold their codes, a batch at a time."""

    def __init__(self, existing: str, districts: set[int] | None) -> None:
        self.existing = existing
        self.districts = districts

    def judge(self, rows: Sequence[CheckedRow]) -> dict[int, tuple[RowAct, int, dict[str, Any]]]:
        """Return (what to do, the record, what to fill in) by row for what is on record, saying
        so at each row."""
        accepted = [row for row in rows if row.is_accepted]
        known = records_by_code([row.facts.uscc for row in accepted])
        pillars = pillars_of([record.id for record in known.values()]) if known else {}
        return {
            row.row: self.judge_row(row, known[row.facts.uscc], pillars)
            for row in accepted
            if row.facts.uscc in known
        }

    def judge_row(
        self, row: CheckedRow, record: Any, pillars: Mapping[int, set[int]]
    ) -> tuple[RowAct, int, dict[str, Any]]:
        """Compare one row with its record."""
        if record.is_held_back:
            row.say("uscc", Level.REFUSED, _("Another import is writing this code: check again"))
            return RowAct.NONE, record.id, {}
        fills, differing = compared(row, record, pillars.get(record.id, set()))
        if not fills and not differing:
            words = _("On record with the same facts: nothing to do")
            row.findings[:] = []
            row.say("", Level.SKIPPED, words)
            return RowAct.NONE, record.id, {}
        if differing:
            row.say(
                "",
                Level.WARNED,
                _(
                    "On record with another %(titles)s: the record is kept as it is",
                    titles=names(differing),
                ),
            )
        return self.fill(row, record, fills)

    def fill(
        self, row: CheckedRow, record: Any, fills: dict[str, Any]
    ) -> tuple[RowAct, int, dict[str, Any]]:
        """Say what is filled in, or that it could be."""
        allowed = record.state in PUBLIC and (
            self.districts is None or record.district_id in self.districts
        )
        if fills and self.existing == Existing.FILL and allowed:
            words = _("On record without %(titles)s: will be filled in", titles=names(fills))
            row.say("", Level.FIXED, words)
            return RowAct.FILL, record.id, fills
        if fills:
            words = _("On record without %(titles)s: not filled in", titles=names(fills))
            row.say("", Level.WARNED, words)
        return RowAct.NONE, record.id, {}


def compared(row: CheckedRow, record: Any, pillars: set[int]) -> tuple[dict[str, Any], list[str]]:
    """Return what the record lacks and which fields say something else; empty cells say nothing."""
    fills: dict[str, Any] = {}
    differing = []
    for name in COMPARED:
        said, held = getattr(row.facts, name), getattr(record, name)
        if said in EMPTY or said == held:
            continue
        if held in EMPTY:
            fills[name] = said
        else:
            differing.append(name)
    said_pillars = set(row.facts.pillar_ids)
    if said_pillars and not pillars:
        fills["pillar_ids"] = row.facts.pillar_ids
    elif said_pillars - pillars:
        differing.append("pillar_ids")
    return fills, differing


def names(fields: Any) -> str:
    """Return the titles of the columns of these fields."""
    return "、".join(TITLE_OF[FIELD_OF.get(name, "pillars")] for name in fields)
