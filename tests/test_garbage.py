"""Garbage is collected beside the program's steps, on Pythons that would do it within one."""

from __future__ import annotations

import gc
import sys
import time
import weakref

import pytest
from flask import Flask

from portal.garbage import MADE, TIMES, WAITS_ITSELF, WHOLE, due


class Node:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.mark.skipif(sys.version_info >= WAITS_ITSELF, reason="this Python waits by itself")
def test_nothing_is_collected_while_an_object_is_made_and_all_soon_after(app: Flask) -> None:
    assert not gc.isenabled()
    gone = weakref.ref(Node())
    made = [[number] for number in range(2 * MADE)]
    end = time.monotonic() + 20
    while gone() is not None and time.monotonic() < end:
        time.sleep(0.01)
    assert gone() is None
    assert len(made) == 2 * MADE


def test_the_young_are_collected_most_often_and_everything_seldom() -> None:
    assert due(MADE - 1, 0, 0, 0) is None
    assert due(MADE, 0, 0, 0) == 0
    assert due(MADE, TIMES - 1, 0, 0) == 0
    assert due(0, TIMES, 0, 0) == 1
    assert due(0, TIMES, TIMES, WHOLE - 1) == 1
    assert due(0, 0, TIMES, WHOLE) == 2
