"""The pre-check kept with an application names the rules in force on the day it was submitted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions.versions import (
    draft_version,
    enact_version,
    propose_version,
)
from portal.recognition.actions import applications as actions
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.versions import version_at, versions_for
from portal.recognition.words import detail
from tests.browser_client import Browser
from tests.classification.version_factories import text_of
from tests.recognition.factories import (
    make_call,
    make_draft,
    make_firm,
    make_submitted,
    owner_of,
    recogniser,
)

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def put_in_force(begin: str) -> None:
    """Put a later version of the rules for the city's title in force from a day."""
    text = text_of("xjj.2023", "xjj.2027", begin)
    row = draft_version(recogniser("writer"), text, None)
    propose_version(recogniser("writer"), row, row.version, "示例：新一年的条件")
    enact_version(recogniser("enacter"), row, row.version, in_the_past=False)


@pytest.mark.parametrize(("day", "version"), [(39, "xjj.2023"), (40, "xjj.2027")])
def test_the_version_in_force_on_the_day_judges(
    app: Flask, wait: Wait, someone: SignIn, day: int, version: str
) -> None:
    call = make_call(closes_on=clock.today() + timedelta(days=60))
    put_in_force("2027-01-01")
    draft = make_draft(call, make_firm(), owner_of())
    wait(days=day)
    actions.submit(owner_of(), draft, draft.version, declared=True)
    snapshot = get_application(draft.id).snapshot
    assert snapshot is not None
    assert snapshot["version"] == snapshot["explanation"]["version"] == version
    assert snapshot["explanation"]["on"] == clock.today().isoformat()
    page = someone(owner_of()).get(f"/my/recognition/applications/{draft.id}")
    assert "按当日有效的规则" in page.text


def test_a_call_offers_the_versions_that_judge_now_or_later(app: Flask) -> None:
    put_in_force("2027-01-01")
    offered = [one.slug for one in versions_for("demonstration", date(2026, 12, 31))]
    assert offered == ["xjj.2027", "xjj.2023"]
    offered = [one.slug for one in versions_for("demonstration", date(2027, 1, 1))]
    assert offered == ["xjj.2027"]


def test_on_a_day_without_rules_there_is_no_version(app: Flask) -> None:
    draft = make_draft(make_call(), make_firm(), owner_of())
    assert version_at(draft, date(2021, 1, 31)) is None
    found = version_at(draft, date(2021, 2, 1))
    assert found is not None
    assert found.slug == "xjj.2023"


def test_money_is_read_in_its_unit(app: Flask) -> None:
    snapshot = make_submitted().snapshot
    assert snapshot is not None
    taxes = next(one for one in snapshot["explanation"]["criteria"] if one["id"] == "xjj.c6")
    assert "199.99万元（要求≥ 200万元）" in detail(taxes | {"value": "199.99"})
