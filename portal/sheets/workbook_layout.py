"""How a sheet that people fill in is laid out: widths, kept heads, locked cells, choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

OPEN = 5  # the cell style of cells to be filled in: text, unlocked, wrapped
LONGEST_PROMPT = 250
PROTECTED = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0"'
    ' formatRows="0" insertRows="0" deleteRows="0" sort="0" autoFilter="0"/>'
)


@dataclass(frozen=True)
class Cells:
    """What a column's cells may hold: one of `choices` (a range of another sheet), or text of at
    most `longest` characters; `prompt` is shown beside the cell."""

    choices: str = ""
    longest: int = 0
    prompt: str = ""


@dataclass(frozen=True)
class View:
    """How a sheet to be read is shown: the widths of its columns, the first row kept in view."""

    widths: Sequence[float]

    def before(self) -> Iterator[str]:
        """Yield what stands before the rows."""
        yield (
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
            ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
        )
        for place, width in enumerate(self.widths, 1):
            yield f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        yield "</cols>"


@dataclass(frozen=True)
class Layout:
    """The layout of a sheet to be filled in: a width and rules per column, from row `first` to
    row `last`. Everything above is locked and stays in view; cells to fill in are text."""

    widths: Sequence[float]
    first: int
    last: int
    cells: Sequence[Cells] = ()

    def before(self) -> Iterator[str]:
        """Yield what stands before the rows."""
        yield (
            f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{self.first - 1}"'
            f' topLeftCell="A{self.first}" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews><cols>"
        )
        for place, width in enumerate(self.widths, 1):
            yield (
                f'<col min="{place}" max="{place}" width="{width}" style="{OPEN}" customWidth="1"/>'
            )
        yield "</cols>"

    def after(self, letters: Sequence[str]) -> Iterator[str]:
        """Yield what stands behind the rows; `letters` name the columns."""
        yield PROTECTED
        rules = [
            self.rule(letter, cells)
            for letter, cells in zip(letters, self.cells, strict=False)
            if cells != Cells()
        ]
        if rules:
            yield f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'

    def rule(self, letter: str, cells: Cells) -> str:
        """Return the rule of one column."""
        span = f'sqref="{letter}{self.first}:{letter}{self.last}"'
        prompt = ""
        if cells.prompt:
            prompt = f' showInputMessage="1" prompt={quoteattr(cells.prompt[:LONGEST_PROMPT])}'
        common = f'allowBlank="1" showErrorMessage="1"{prompt} {span}'
        if cells.choices:
            return (
                f'<dataValidation type="list" {common}>'
                f"<formula1>{escape(cells.choices)}</formula1></dataValidation>"
            )
        if cells.longest:
            return (
                '<dataValidation type="textLength" operator="lessThanOrEqual"'
                f' errorStyle="warning" {common}><formula1>{cells.longest}</formula1>'
                "</dataValidation>"
            )
        return f"<dataValidation {common}/>"
