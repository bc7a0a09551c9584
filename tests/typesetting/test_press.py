"""Documents set by the press: what every reader can rely on, and what is left when it fails."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from portal.typesetting import Composed, NotComposed, Press, press
from tests.typesetting.pdf import characters_in, fonts_in, opened

MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=timezone.utc)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.name)
#set text(font: ("Noto Serif SC", "Noto Sans SC"), lang: "zh", region: "cn")
= #data.name
#text(font: "Noto Sans SC")[#data.text #data.missing.join("、")]
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the fonts are unpacked to, once for these tests."""
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture
def the_press(tmp_path: Path, unpacked: Path) -> Press:
    """A press with one small template."""
    (tmp_path / "page.typ").write_text(TEMPLATE, encoding="utf-8")
    return Press(tmp_path, ROOT / "fonts", unpacked)


def page(the_press: Press, name: str = "示例", text: str = "正文", **how: Any) -> Composed:
    """Return a page set with a name and a text."""
    moment = how.get("moment", MOMENT)
    return the_press.compose("page.typ", {"name": name, "text": text}, moment)


def test_a_document_is_tagged_with_language_and_title(the_press: Press) -> None:
    said = opened(page(the_press).content)
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"pdfuaid:part"):
        assert mark in said
    assert re.search(rb"/Lang\s*\(zh-CN\)", said)
    assert "示例".encode() in said, "the title in the metadata"


def test_fonts_are_embedded_so_that_no_machine_needs_them(the_press: Press) -> None:
    content = page(the_press).content
    assert fonts_in(content) == {"NotoSansSC-Regular", "NotoSerifSC-SemiBold"}
    said = opened(content)
    assert len(re.findall(rb"/FontFile2\b", said)) == len(re.findall(rb"/FontName\b", said))


def test_fonts_of_the_machine_are_never_used(the_press: Press, tmp_path: Path) -> None:
    job = {"root": str(tmp_path), "template": "page.typ", "moment": 0}
    job |= {"data": {"name": "示例", "text": "", "missing": []}, "fonts": str(tmp_path)}
    with pytest.raises(NotComposed, match="unknown font family"):
        press.run(job)


def test_chinese_can_be_copied_out_with_rare_characters(the_press: Press) -> None:
    composed = page(the_press, "储能㛃𫚖䶮")
    assert set("储能㛃𫚖䶮正文") <= characters_in(composed.content)
    assert composed.missing == ()


def test_a_repeat_is_the_same_byte_for_byte(the_press: Press) -> None:
    assert page(the_press).content == page(the_press).content
    later = page(the_press, moment=MOMENT + timedelta(seconds=1))
    assert page(the_press).content != later.content


def test_a_character_the_fonts_lack_is_replaced_and_named(the_press: Press) -> None:
    composed = page(the_press, "𠮷祥与𠮷利💡")
    assert composed.missing == ("𠮷", "💡")
    assert set("〓祥利") <= characters_in(composed.content)
    assert set("U+20BB7、1F4A1") <= characters_in(composed.content), "the template names them"


def test_what_cannot_be_seen_leaves_no_mark(the_press: Press) -> None:
    composed = page(the_press, "示\u200b例\ufe00\x07\U000e0101")
    assert composed.missing == ()
    assert composed.content == page(the_press, "示例").content


def test_a_template_that_is_wrong_says_so(the_press: Press, tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_text("#unheard-of", encoding="utf-8")
    with pytest.raises(NotComposed, match="unheard-of"):
        page(the_press)


def test_templates_read_nothing_outside_their_folder(the_press: Press, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.txt").write_text("geheim")
    (tmp_path / "page.typ").write_text('#read("../secret.txt")', encoding="utf-8")
    with pytest.raises(NotComposed):
        page(the_press)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "-9"),
        ("import sys; sys.stdout.write('%PD')", "0"),
        ("import time; time.sleep(60)", "seconds"),
    ],
)
def test_a_compositor_that_dies_or_hangs_gives_nothing_half(
    the_press: Press,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    said: str,
) -> None:
    (tmp_path / "compositor.py").write_text(program)
    monkeypatch.setattr(press, "COMPOSITOR", tmp_path / "compositor.py")
    monkeypatch.setattr(press, "LONGEST", 5)
    with pytest.raises(NotComposed, match=said):
        page(the_press)


def test_no_template_of_the_portal_fetches_anything() -> None:
    templates = list((ROOT / "templates" / "documents").rglob("*.typ"))
    assert templates
    assert not [path.name for path in templates if "@" in path.read_text("utf-8")]
