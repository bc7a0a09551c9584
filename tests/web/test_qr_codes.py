"""QR codes are the ones segno draws when it weighs its masks itself."""

from __future__ import annotations

import io

import pytest
import segno

from portal.web.qr_codes import qr_svg


def by_segno(text: str) -> str:
    """Return segno's own drawing of a text."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, omitsize=True, border=1, svgclass="qr", lineclass=None
    )
    return out.getvalue().decode().strip()


@pytest.mark.parametrize("length", [1, 18, 40, 75, 160])  # versions 1 to 9
def test_a_code_is_drawn_as_by_segno(length: int) -> None:
    for serial in range(12):
        text = f"https://example.org/{serial:0{length}d}"
        assert qr_svg(text) == by_segno(text)


def test_a_chinese_text_is_drawn_as_by_segno() -> None:
    assert qr_svg("眉山新经济，机会与供给") == by_segno("眉山新经济，机会与供给")
