"""The Chinese catalogue is complete, used and in the house style."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import translations


def write(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = "".join(f'msgid "{one}"\nmsgstr "{other}"\n\n' for one, other in pairs)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_text_has_its_chinese() -> None:
    assert translations.faults() == []


def test_a_text_inside_the_values_of_another_has_its_chinese_too() -> None:
    """The extraction does not look inside a call it has read."""
    known = {translations.key(message) for message in translations.messages(translations.merged())}
    names = translations.KEYWORDS.keys()
    said = {
        call.args[0].value
        for path in (translations.ROOT / "portal").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
        if isinstance(call.args[0], ast.Constant)
    }
    assert said - known == set()


def test_a_text_put_in_two_ways_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "one.po", ("Home", "首页"))
    write(tmp_path, "two.po", ("Home", "主页"))
    with pytest.raises(translations.CatalogueError, match="Home"):
        translations.merged(tmp_path)


def test_missing_unused_and_badly_spaced_texts_are_named(tmp_path: Path) -> None:
    write(tmp_path, "one.po", ("Home", "首页 A"), ("Nobody says this", "无"), ("Menu", ""))
    found = "\n".join(translations.faults(tmp_path))
    assert "missing: 'Sign out'" in found
    assert "unused: 'Nobody says this'" in found
    assert "typed space" in found
    assert "empty: 'Menu'" in found


def test_stubs_name_the_place(tmp_path: Path) -> None:
    assert 'msgid "Sign out"\nmsgstr ""' in translations.missing(tmp_path)
    assert "portal/web/navigation.py" in translations.missing(tmp_path)
