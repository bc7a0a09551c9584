"""Whatever stands in a cell, it is read, asked about or left out, and never breaks the check."""

from __future__ import annotations

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.enterprises.importing import numbers
from portal.sheets import values
from portal.sheets.cells import Cell
from portal.sheets.terms import Level


@given(st.text(max_size=30))
def test_any_text_in_a_figure_cell_is_answered(application: Flask, text: str) -> None:
    with application.app_context():
        for read in (numbers.amount, numbers.share, numbers.staff):
            said: list[Level] = []
            try:
                found = read(Cell(text), lambda level, _message, kept=said: kept.append(level))
            except values.Unusable:
                continue
            assert found is not None or said or not text.strip(" \t\r\n\u3000\xa0")
