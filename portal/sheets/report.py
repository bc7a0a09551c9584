"""The report of a check: JSON, and the sheet itself with what was found beside each row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from flask_babel import gettext as _

from portal.sheets.cells import masked
from portal.sheets.findings import Finding
from portal.sheets.opening import Sheet
from portal.sheets.terms import LEVEL_NAMES, RANK, Level
from portal.sheets.workbook_file import SheetOut, cut_mark, stream


def in_order() -> str:
    """Return what is said of a row without findings."""
    return _("In order")


def json_report(totals: Mapping[str, int], findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the report piece by piece: totals, then one item per finding."""
    yield '{"totals": ' + json.dumps(dict(totals)) + ', "rows": ['
    for place, finding in enumerate(findings):
        line = json.dumps(finding.as_json(), ensure_ascii=False)
        yield f",\n{line}" if place else f"\n{line}"
    yield "\n]}\n"


def annotated(
    sheet: Sheet,
    header_row: int,
    totals: Mapping[str, int],
    findings: Iterable[Finding],
    means: Mapping[Level, str] | None = None,
) -> Iterator[bytes]:
    """Yield a workbook: the rows as uploaded with result and remarks in front of them, and a
    second sheet that explains the results, in the words of `means` where a form has its own."""
    rows = annotated_rows(sheet, header_row, findings)
    about = explained(totals, means or meanings())
    mark = cut_mark(_("the full text stands in the file that was uploaded"))
    return stream(
        [
            SheetOut(_("Result"), rows, header_row, mark=mark),
            SheetOut(_("Explanation"), about, 1),
        ]
    )


def annotated_rows(
    sheet: Sheet, header_row: int, findings: Iterable[Finding]
) -> Iterator[Sequence[str]]:
    """Yield every row of the sheet at its own number, result and remarks in front."""
    said = groups(findings)
    number, found = next(said, (0, []))
    at = 0
    for row in sheet.rows():
        while at + 1 < row.number:
            at += 1
            while number and number < at:
                number, found = next(said, (0, []))
            yield marks(found) if number == at else ()
        while number and number < row.number:
            number, found = next(said, (0, []))
        at = row.number
        cells = [masked(cell.text) for cell in row.cells]
        if row.number == header_row:
            yield [_("Result"), _("Remarks"), *cells]
        else:
            yield [*(marks(found) if number == at else ("", "")), *cells]


def groups(findings: Iterable[Finding]) -> Iterator[tuple[int, list[Finding]]]:
    """Yield the findings of each row together."""
    for number, found in groupby(findings, key=lambda finding: finding.row):
        yield number, list(found)


def marks(found: Sequence[Finding]) -> tuple[str, str]:
    """Return the result of a row and what was said about it."""
    level = max((finding.level for finding in found), key=RANK.__getitem__)
    remarks = "；".join(
        f"{each.column}：{each.message}" if each.column else each.message
        for each in found
        if each.level is not Level.OK
    )
    return str(LEVEL_NAMES[level]), remarks


def explained(totals: Mapping[str, int], means: Mapping[Level, str]) -> Iterator[Sequence[str]]:
    """Yield what each result means and how many rows have it."""
    yield [_("Result"), _("Rows"), _("What it means")]
    for level, words in means.items():
        yield [str(LEVEL_NAMES[level]), str(totals.get(str(level), 0)), words]
    yield [_("Together"), str(totals.get("rows", 0)), ""]


def meanings() -> dict[Level, str]:
    """Return what each level means and what to do."""
    return {
        Level.OK: _("Will be written as it stands"),
        Level.FIXED: _("Will be written with what is named put right"),
        Level.WARNED: _("Will be written without what is in doubt: check and correct it"),
        Level.REFUSED: _("Is not written: correct the row and upload the sheet again"),
        Level.SKIPPED: _("Nothing to write: blank rows, totals, signatures, or on record already"),
    }
