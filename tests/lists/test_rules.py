"""Which step may follow which, who signs next, what order typed numbers give."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.errors import Refused
from portal.lists.rules.calls import is_call_open
from portal.lists.rules.entries import check_decision, check_entry_step, time_faults
from portal.lists.rules.ordering import new_order
from portal.lists.rules.releases import check_ready_to_sign, check_step
from portal.lists.rules.signing import check_paper_date, check_turn
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Decision, EntryState

TODAY = date(2026, 11, 22)
S, E = EditionState, EntryState


@pytest.fixture(autouse=True)
def _speaking(app: Flask) -> None:
    """Messages need a language."""


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (S.PLANNED, S.CALL_OPEN),
        (S.CALL_OPEN, S.CALL_CLOSED),
        (S.CALL_CLOSED, S.CALL_OPEN),
        (S.CALL_CLOSED, S.CURATING),
        (S.CURATING, S.COSIGN),
        (S.COSIGN, S.CURATING),
        (S.COSIGN, S.SCHEDULED),
        (S.COSIGN, S.PUBLISHED),
        (S.SCHEDULED, S.PUBLISHED),
        (S.SCHEDULED, S.COSIGN),
        (S.PUBLISHED, S.ARCHIVED),
        (S.CURATING, S.CANCELLED),
    ],
)
def test_a_release_may_go_on(state: S, wanted: S) -> None:
    check_step(state, wanted)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (S.PLANNED, S.COSIGN),
        (S.CALL_OPEN, S.PUBLISHED),
        (S.CURATING, S.PUBLISHED),
        (S.CURATING, S.SCHEDULED),
        (S.COSIGN, S.CANCELLED),
        (S.PUBLISHED, S.CURATING),
        (S.PUBLISHED, S.CANCELLED),
        (S.ARCHIVED, S.PUBLISHED),
        (S.CANCELLED, S.CALL_OPEN),
    ],
)
def test_a_release_may_not_go_on(state: S, wanted: S) -> None:
    with pytest.raises(Refused):
        check_step(state, wanted)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (E.DRAFT, {E.SUBMITTED, E.WITHDRAWN}),
        (E.SUBMITTED, {E.ACCEPTED, E.RETURNED, E.NOT_SELECTED, E.WITHDRAWN, E.DRAFT}),
        (E.RETURNED, {E.SUBMITTED, E.NOT_SELECTED, E.WITHDRAWN}),
        (E.ACCEPTED, {E.SUBMITTED}),
        (E.NOT_SELECTED, {E.SUBMITTED}),
        (E.WITHDRAWN, set()),
    ],
)
def test_what_may_become_of_an_entry(state: E, allowed: set[E]) -> None:
    for wanted in E:
        if wanted in allowed:
            check_entry_step(state, wanted)
        else:
            with pytest.raises(Refused):
                check_entry_step(state, wanted)


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 1), None, True),
        (date(2026, 11, 23), None, False),
        (date(2026, 11, 1), date(2026, 11, 21), False),
    ],
)
def test_the_closing_date_itself_still_counts(
    opens: date, closes: date | None, is_open: bool
) -> None:
    assert is_call_open(S.CALL_OPEN, opens, closes, TODAY) is is_open
    assert not is_call_open(S.CALL_CLOSED, opens, closes, TODAY)


@pytest.mark.parametrize(
    ("facts", "good"),
    [
        ({"closes_on": TODAY}, True),
        ({"standing": True}, True),
        ({}, False),
        ({"standing": True, "closes_on": TODAY}, False),
        ({"opens_on": TODAY, "closes_on": date(2026, 11, 21)}, False),
        ({"opens_on": TODAY, "closes_on": TODAY}, True),
    ],
)
def test_an_opportunity_is_open_to_a_date_or_standing(facts: dict[str, object], good: bool) -> None:
    assert (time_faults("opportunity", facts) == {}) is good


def test_a_case_needs_no_date() -> None:
    assert time_faults("case", {}) == {}


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ({}, [1, 2, 3, 4]),
        ({3: 1}, [3, 1, 2, 4]),
        ({1: 3}, [2, 3, 1, 4]),
        ({4: 2}, [1, 4, 2, 3]),
        ({1: 2, 2: 1}, [2, 1, 3, 4]),
        ({1: 9}, [2, 3, 4, 1]),
        ({9: 1}, [1, 2, 3, 4]),
    ],
)
def test_typed_numbers_give_the_order(wanted: dict[int, int], order: list[int]) -> None:
    assert new_order([1, 2, 3, 4], wanted) == order


@pytest.mark.parametrize(
    ("lead", "in_force", "good"),
    [
        (7, set(), True),
        (8, set(), False),
        (8, {7}, True),
        (7, {7}, False),
        (9, {7, 8}, False),
    ],
)
def test_lead_bodies_sign_in_their_order(lead: int, in_force: set[int], good: bool) -> None:
    if good:
        check_turn(lead, [7, 8], frozenset(in_force))
    else:
        with pytest.raises(Refused):
            check_turn(lead, [7, 8], frozenset(in_force))


@pytest.mark.parametrize(
    ("counts", "good"),
    [
        ({E.ACCEPTED: 1}, True),
        ({E.ACCEPTED: 1, E.NOT_SELECTED: 3, E.DRAFT: 2, E.WITHDRAWN: 1}, True),
        ({E.ACCEPTED: 1, E.SUBMITTED: 1}, False),
        ({E.ACCEPTED: 1, E.RETURNED: 1}, False),
        ({E.NOT_SELECTED: 1}, False),
        ({}, False),
    ],
)
def test_signing_needs_every_entry_decided(counts: dict[str, int], good: bool) -> None:
    if good:
        check_ready_to_sign(counts)
    else:
        with pytest.raises(Refused):
            check_ready_to_sign(counts)


@pytest.mark.parametrize(
    ("signed_on", "good"),
    [
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (TODAY, True),
        (date(2026, 11, 23), False),
    ],
)
def test_a_paper_is_signed_after_the_content_was_fixed(signed_on: date, good: bool) -> None:
    if good:
        check_paper_date(signed_on, date(2026, 11, 20), TODAY)
    else:
        with pytest.raises(Refused):
            check_paper_date(signed_on, date(2026, 11, 20), TODAY)


def test_a_return_names_a_field_and_declining_a_ground() -> None:
    check_decision(Decision.ACCEPT, {}, "")
    check_decision(Decision.RETURN, {"title": "太长"}, "")
    check_decision(Decision.DECLINE, {}, "不在本年度范围")
    with pytest.raises(Refused):
        check_decision(Decision.RETURN, {}, "请补充")
    with pytest.raises(Refused):
        check_decision(Decision.DECLINE, {}, " ")
