"""What the worker does for pre-checks: so many enterprises at a time, the rest owed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from portal import clock
from portal.classification.actions.assessments import (
    AT_ONCE,
    TOPIC,
    keep_current,
    owe_due,
    owe_everybody,
    owe_these,
)
from portal.classification.queries.counts import turning_between
from portal.outbox import Handlers, nights

Payloads = Sequence[Mapping[str, Any]]


def handlers() -> Handlers:
    """Return the handler of the topic."""
    return {TOPIC: judge}


def judge(payloads: Payloads) -> None:
    """Judge the enterprises named, each once, and owe the next where all or all due are meant."""
    named = iter(dict.fromkeys(one for payload in payloads for one in payload["enterprises"]))
    for some in batches(named):
        keep_current(some)
    for after in {payload["all_after"] for payload in payloads if "all_after" in payload}:
        owe_everybody(after)
    for after in {payload["due_after"] for payload in payloads if "due_after" in payload}:
        owe_due(after)


def batches(named: Iterator[int]) -> Iterator[list[int]]:
    """Yield so many at a time as are judged in one transaction."""
    while some := list(islice(named, AT_ONCE)):
        yield some


def begin_due_judgements() -> None:
    """Nightly: judge whose titles began or lapsed since it was done, and what no longer lasts."""
    turning = list(turning_between(nights.last_done("begin_due_judgements"), clock.today()))
    if turning:
        owe_these(turning)
    owe_due()
