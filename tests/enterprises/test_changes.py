"""Changes of verified facts: reported with evidence, verified, applied with their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.enterprises.actions import change_reviews, standing
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.changes import changes_of, past_facts_of
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules.changes import is_late, report_by
from portal.enterprises.terms.changes import Reason
from portal.enterprises.terms.standing import Act
from portal.errors import NotAllowed, Refused
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.files.factories import upload
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
OWNER = "owner@example.com"
NEW = "四川岷江新能源股份有限公司"
SINCE = "2026-10-01"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(OWNER)


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def record(owner: Person, reviewer: Person) -> Enterprise:
    return make_active(owner, reviewer)


def send(member: Browser, record: Enterprise, status: int = 200, **values: Any) -> Any:
    """Send the report as a member does: the page's form with these values changed."""
    form = member.get(f"/my/enterprises/{record.id}/changes/report").form("/send")
    given = {"reason": "renamed", "effective_on": SINCE, **values}
    data = {name: value[0] if len(value) == 1 else value for name, value in form.fields.items()}
    data |= {name: value for name, value in given.items() if value is not None}
    return member.post(form.action, data, status, content_type="multipart/form-data")


def report(member: Browser, record: Enterprise, **values: Any) -> Any:
    return send(member, record, evidence=upload(), **({"name": NEW} | values))


def decide(officer: Browser, record: Enterprise, verdict: str, **values: Any) -> Any:
    """Decide on the newest report of a record as an officer does."""
    page = officer.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    return officer.send(page, "/decide", verdict=verdict, **values)


def test_a_rename_is_reported_verified_and_kept_with_its_period(
    record: Enterprise,
    owner: Person,
    reviewer: Person,
    someone: SignIn,
    visitor: Browser,
    mailbox: Mailbox,
) -> None:
    old = record.name
    member, officer = someone(owner), someone(reviewer)
    page = report(member, record)
    assert "待核验" in page.main
    assert "2027-01-01" in page.main
    assert visitor.get(f"/enterprises/{record.uscc}").heading == old
    page = officer.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    assert old in page.main
    assert NEW in page.main
    assert officer.ask(page.link("营业执照.pdf")).status_code == 200
    officer.send(page, "/decide", verdict="accept")
    profile = visitor.get(f"/enterprises/{record.uscc}")
    assert profile.heading == NEW
    assert f"{old}（2016-05-04至2026-09-30）" in profile.main
    assert NEW in visitor.get("/enterprises?q=岷江储能").main
    assert "S2026" in mailbox.subjects(OWNER)[-1]
    event = trail_of("enterprise", record.id)[0]
    assert (event.act, event.changes["name"]) == ("accept_change", [old, NEW])


def test_old_names_are_found_by_officers_too(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    report(someone(owner), record)
    officer = someone(reviewer)
    decide(officer, record, "accept")
    assert NEW in officer.get("/bureau/enterprises?q=岷江储能").main


def test_capital_and_district_are_kept_with_periods(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn, visitor: Browser
) -> None:
    report(someone(owner), record, name=record.name, registered_capital="12000", district="renshou")
    officer = someone(reviewer)
    decide(officer, record, "accept")
    kept = {fact.field: (fact.value, fact.valid_until) for fact in past_facts_of(record.id)}
    last = date(2026, 9, 30)
    assert kept == {"registered_capital": ("8000", last), "district": ("dongpo", last)}
    page = officer.get(f"/bureau/enterprises/{record.id}/changes")
    assert "东坡区（2016-05-04至2026-09-30）" in page.main
    assert "仁寿县" in visitor.get(f"/enterprises/{record.uscc}").main


def test_a_returned_report_shows_the_reasons_and_loses_nothing(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    member, officer = someone(owner), someone(reviewer)
    report(member, record, explanation="改制")
    decide(officer, record, "return", reason_name="与营业执照不一致")
    page = member.get(f"/my/enterprises/{record.id}/changes/report")
    assert page.errors == ["与营业执照不一致"]
    assert NEW in str(page.form("/send").fields)
    assert "改制" in page.main
    send(member, record, name=NEW + "（更正）", evidence=None)
    decide(officer, record, "accept")
    assert get_enterprise(record.id).name == NEW + "（更正）"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"effective_on": ""}, "请填写变更生效日期"),
        ({"effective_on": "2026-11-23"}, "变更尚未生效，请生效后再申请"),
        ({"reason": ""}, "请选择变更类型"),
        ({"name": None}, "与现有信息没有差异，请至少填写一项新值"),
        ({"name": ""}, "在库企业的这一项不能为空，请填写"),
        ({"evidence": None}, "请上传变更证明材料，如新的营业执照"),
        ({"evidence": upload(b"<html>", "a.pdf")}, "只能上传PDF、JPG或PNG"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    record: Enterprise, owner: Person, someone: SignIn, values: dict[str, Any], message: str
) -> None:
    given = {"name": NEW, "evidence": upload()} | values
    page = send(someone(owner), record, 422, **given)
    assert len(page.errors) == 1
    assert message in page.errors[0]
    assert changes_of(record.id) == []


@pytest.mark.parametrize(
    ("effective", "last"),
    [(date(2026, 10, 1), date(2027, 1, 1)), (date(2026, 11, 30), date(2027, 2, 28))],
)
def test_three_months_are_counted_from_the_day_of_the_change(effective: date, last: date) -> None:
    assert report_by(effective) == last
    assert not is_late(effective, last)
    assert is_late(effective, date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize(
    ("effective", "words"),
    [
        (date(2026, 8, 22), "申报期限还剩0天"),
        (date(2026, 8, 21), "逾期1天"),
        (date(2026, 10, 1), "申报期限还剩40天"),
    ],
)
def test_the_time_left_is_counted_down_on_both_sides(
    record: Enterprise,
    owner: Person,
    reviewer: Person,
    someone: SignIn,
    mailbox: Mailbox,
    effective: date,
    words: str,
) -> None:
    change_reviews.note_unreported(
        reviewer, record, reason=Reason.RENAMED, effective_on=effective, hint="公示系统已更名"
    )
    for person, place in (
        (owner, f"/my/enterprises/{record.id}/changes"),
        (reviewer, f"/bureau/enterprises/{record.id}/changes"),
        (reviewer, "/bureau/enterprises/changes"),
    ):
        assert words in someone(person).get(place).main
    assert "请申报企业信息变更" in mailbox.subjects(OWNER)[-1]


def test_a_noted_change_is_reported_once_and_cannot_be_taken_back(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    change_reviews.note_unreported(
        reviewer, record, reason=Reason.RENAMED, effective_on=clock.today(), hint="公示系统"
    )
    member = someone(owner)
    page = member.get(f"/my/enterprises/{record.id}/changes")
    assert "公示系统" in page.main
    assert "/changes/withdraw" not in page.html
    report(member, record)
    assert [change.state for change in changes_of(record.id)] == ["submitted"]
    with pytest.raises(Refused):
        change_reviews.note_unreported(
            reviewer, record, reason=Reason.MOVED, effective_on=clock.today(), hint="再次"
        )


def test_a_change_kept_for_later_is_counted_and_may_be_taken_back(
    record: Enterprise, owner: Person, someone: SignIn
) -> None:
    member = someone(owner)
    page = send(member, record, name=NEW, later="1")
    assert "待申报" in page.main
    page = member.send(page, "/withdraw")
    assert "已撤回变更申请" in page.main


def test_two_stages_are_decided_by_two_officers(
    record: Enterprise, owner: Person, someone: SignIn
) -> None:
    first = make_officer(Right.REVIEW_ENTERPRISES, mail="here@portal.example", district="dongpo")
    second = make_officer(Right.REVIEW_ENTERPRISES, mail="city@portal.example")
    report(someone(owner), record)
    change = changes_of(record.id)[0]
    accept = {"reasons": {}, "ground": ""}
    verdict = change_reviews.Verdict.ACCEPT
    change_reviews.decide(first, change, change.version, verdict, **accept)
    assert get_enterprise(record.id).name != NEW
    with pytest.raises(NotAllowed):
        change_reviews.decide(first, change, change.version, verdict, **accept)
    change_reviews.decide(second, change, change.version, verdict, **accept)
    assert get_enterprise(record.id).name == NEW


def test_a_suspended_record_neither_reports_nor_changes(
    record: Enterprise, owner: Person, reviewer: Person, someone: SignIn
) -> None:
    member = someone(owner)
    report(member, record)
    second = make_officer(Right.REVIEW_ENTERPRISES, mail="second@portal.example")
    asked = standing.ask(
        reviewer, get_enterprise(record.id), record.version, Act.SUSPEND, ground="示例"
    )
    standing.consent(second, asked, asked.version, urgent=True)
    officer = someone(second)
    page = officer.get(f"/bureau/enterprises/changes/{changes_of(record.id)[0].id}")
    page = officer.send(page, "/decide", status=422, verdict="accept")
    assert "只有在库企业可以申报变更" in page.errors[0]
