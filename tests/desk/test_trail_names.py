"""Every act in the trail has a name on the page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.audit.models import AuditEvent
from portal.desk.trail_names import ROWS, act_name, act_words, kind_name

PORTAL = Path(__file__).parents[2] / "portal"


def acts_written() -> Iterator[tuple[str, str]]:
    """Yield the acts named where a line is written, with the module."""
    for path in sorted(PORTAL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                act = node.args[1]
                if isinstance(act, ast.Constant):
                    yield act.value, path.relative_to(PORTAL).as_posix()


def test_every_act_written_is_named() -> None:
    named = {act for _kind, acts in ROWS.values() for act in acts}
    written = dict(acts_written())
    assert len(written) > 60
    unnamed = {act: module for act, module in written.items() if act not in named}
    assert not unnamed, "name these in the terms of their domain"


@pytest.mark.parametrize("kind", ROWS)
def test_a_line_says_what_was_done(kind: str) -> None:
    for act, name in ROWS[kind][1].items():
        assert act_words(AuditEvent(subject_kind=kind, act=act)) == name


def test_the_same_code_may_mean_another_act_on_another_row() -> None:
    entry = AuditEvent(subject_kind="entry", act="decline")
    unknown = AuditEvent(subject_kind="entry", act="unheard_of")
    assert str(act_words(entry)) == "Declined"
    assert act_words(unknown) == "unheard_of"
    assert act_name("unheard_of") == kind_name("unheard_of") == "unheard_of"
