"""Documents for whoever asks: the same one once, one at a time, one who waits, few kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from portal.typesetting import Composed, OnDemand, Press, TooBusy, on_demand

MOMENT = datetime(2026, 11, 22, tzinfo=timezone.utc)
asked: list[Mapping[str, Any]] = []


class Fake(Press):
    """A press that sets nothing and remembers what it was asked for."""

    def compose(
        self, template: str, data: Mapping[str, Any], moment: datetime, longest: int | None = None
    ) -> Composed:
        asked.append(data)
        return Composed(f"%PDF-{len(asked)}".encode(), ())


@pytest.fixture
def printer(tmp_path: Path) -> OnDemand:
    asked.clear()
    (tmp_path / "one.typ").write_text("one")
    return OnDemand(Fake(tmp_path, tmp_path, tmp_path), tmp_path / "printed")


def made(printer: OnDemand, said: object) -> bytes:
    return printer.document("one.typ", said, lambda: {"said": said}, MOMENT)


def test_the_same_words_are_set_once_and_another_look_anew(printer: OnDemand) -> None:
    assert made(printer, ["a"]) == made(printer, ["a"])
    assert len(asked) == 1
    made(printer, ["b"])
    (printer.press.templates / "one.typ").write_text("another look")
    made(printer, ["a"])
    assert asked == [{"said": ["a"]}, {"said": ["b"]}, {"said": ["a"]}]


def test_while_one_is_set_and_one_waits_a_third_is_turned_away(printer: OnDemand) -> None:
    made(printer, "kept before")
    with (printer.folder / "waiting.lock").open("w") as somebody:
        on_demand.fcntl.flock(somebody, on_demand.fcntl.LOCK_EX)
        with pytest.raises(TooBusy):
            made(printer, "new")
        assert made(printer, "kept before"), "what is kept needs no turn"
    assert made(printer, "new")


def test_only_the_newest_are_kept(printer: OnDemand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_demand, "KEPT", 2)
    for age, said in enumerate("abc"):
        made(printer, said)
        for path in printer.folder.glob("*.pdf"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10 + age))
    assert len(list(printer.folder.glob("*.pdf"))) == 2
    made(printer, "c")
    assert len(asked) == 3


def test_a_full_disk_keeps_nobody_from_the_document(
    printer: OnDemand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(on_demand.os, "replace", full)
    assert made(printer, "a") == b"%PDF-1"
    assert not [path for path in printer.folder.iterdir() if path.suffix != ".lock"]
