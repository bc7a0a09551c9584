"""A call for entries: what it says, extending, closing early, late drafts, reminders."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions import calls as actions
from portal.lists.actions.entries import start_entry, submit_entry
from portal.lists.models import Entry, Release
from portal.lists.queries.subtypes import find_subtype
from portal.lists.rules.calls import CallWords, check_extension, is_reminded_on
from portal.lists.terms.editions import EditionState
from portal.messages.models import InboxMessage
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import make_curator, make_draft, make_edition, make_entry, make_sender
from tests.lists.unit_factories import make_unit

WORDS = CallWords("示例函〔2026〕1号", ["enterprise"], "写清需求和条件。", "Say what is needed.")
DAY = timedelta(days=1)


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


def opened(days: int | None = 10, words: CallWords = WORDS) -> Release:
    """Return a release whose call is open for so many days to come."""
    release = make_edition().releases[0]
    actions.write_call(make_curator(), release, release.version, words)
    db.session.flush()
    until = None if days is None else clock.today() + days * DAY
    actions.open_call(make_curator(), release, release.version, clock.today(), until)
    return release


def end(release: Release) -> None:
    """Let the window have ended yesterday."""
    release.call_opens_on = clock.today() - 10 * DAY
    release.call_closes_on = clock.today() - DAY
    db.session.commit()


def letters(person: Person) -> list[str]:
    """Return the letters about calls in a person's inbox."""
    found = db.session.query(InboxMessage).filter_by(person_id=person.id)
    return [one.template for one in found if one.template in ("call_extended", "drafts_unfinished")]


def test_the_call_is_written_opened_and_read_by_the_public(app: Flask) -> None:
    curator, visitor = Browser(app).sign_in(make_curator()), Browser(app)
    release = make_edition().releases[0]
    room = f"/bureau/editions/releases/{release.id}/call"
    visitor.get(f"/calls/{release.id}", 404)
    page = curator.send(curator.get(room), "/call/write", 422, guidance_zh="")
    assert page.errors == ["请填写征集说明"]
    page = curator.send(
        page, "/call/write", guidance_zh="写清需求和条件。", document_no="示例函〔2026〕1号",
        audience=["enterprise"],
    )  # fmt: skip
    form = page.form("/call/files/add")
    data = {**form.fields, "file": (BytesIO(b"%PDF-1.7"), "填报说明.pdf")}
    curator.ask(form.action, "POST", data=data, follow_redirects=True)
    visitor.get(f"/calls/{release.id}", 404)
    curator.send(curator.get(f"/bureau/editions/releases/{release.id}"), "/open-call")
    page = visitor.get(visitor.get("/calls").link("征集通知"))
    for said in ("写清需求和条件。", "示例函〔2026〕1号", "填报说明.pdf", "应用场景", "需求说明"):
        assert said in page.main
    assert visitor.ask(page.link("填报说明.pdf")).get_data() == b"%PDF-1.7"
    page = curator.get(room)
    assert "guidance_zh" not in page.html, "what is made known stays"


def test_an_extension_says_why_and_until_when_and_tells_those_with_drafts(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    release = opened(2)
    make_draft(release, actor=owner, enterprise=firm)
    until = (clock.today() + 9 * DAY).isoformat()
    curator = Browser(app).sign_in(make_curator())
    page = curator.get(f"/bureau/editions/releases/{release.id}/call")
    page = curator.send(page, "/call/extend", 422, closes_on=until, words_zh="")
    assert "请写明原因" in page.errors[0]
    curator.send(page, "/call/extend", closes_on=until, words_zh="应多家企业要求。")
    public = Browser(app).get(f"/calls/{release.id}").main
    assert "延期" in public
    assert until in public
    assert "应多家企业要求。" in public
    assert letters(owner) == ["call_extended"]


@pytest.mark.parametrize(("new", "fine"), [(0, False), (1, True)])
def test_a_new_last_day_is_later_than_the_present_one(app: Flask, new: int, fine: bool) -> None:
    last, today = date(2026, 12, 1), date(2026, 11, 1)
    if fine:
        check_extension(last, last + new * DAY, today)
    else:
        with pytest.raises(Refused):
            check_extension(last, last + new * DAY, today)


def test_after_the_end_a_draft_is_kept_marked_and_not_sent_in(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    release = opened(5)
    draft = make_draft(release, actor=owner, enterprise=firm)
    end(release)
    member = Browser(app).sign_in(owner)
    assert "逾期未报" in member.get("/my/entries").main
    page = member.get(f"/my/entries/{draft.id}")
    assert "征集已于" in page.main
    page = member.send(member.get(f"/my/entries/{draft.id}/check"), "/submit", 422)
    assert any("征集已于" in said for said in page.errors)
    page = member.get(f"/my/entries/{draft.id}/sections/about")
    page = member.send(page, "/save", 422, title="写了很久的题目")
    assert "写了很久的题目" in page.html, "nothing typed is lost"
    actions.extend_call(
        make_curator(), release, release.version, clock.today() + DAY, ("延期一天。", "")
    )
    submit_entry(owner, db.session.get_one(Entry, draft.id), draft.version)


def test_closing_before_the_named_day_needs_a_reason(app: Flask) -> None:
    release = opened(5)
    with pytest.raises(Refused) as refused:
        actions.close_call(make_curator(), release, release.version)
    assert refused.value.field == "words_zh"
    release = db.session.get_one(Release, release.id)
    actions.close_call(make_curator(), release, release.version, ("已征集到位。", ""))
    assert (release.state, release.call_closes_on) == (EditionState.CALL_CLOSED, clock.today())
    assert "已征集到位。" in Browser(app).get(f"/calls/{release.id}").main


def test_a_call_that_does_not_address_enterprises_takes_none_of_theirs(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    release = opened(words=CallWords("", ["county", "zone"], "请区县报送。", ""))
    subtype = find_subtype("opportunity", "scenario")
    assert subtype is not None
    with pytest.raises(Refused, match="不面向企业"):
        start_entry(owner, release, subtype, enterprise=firm)
    assert "年度新经济机会清单" not in Browser(app).sign_in(owner).get("/my/entries").main


@pytest.mark.parametrize(("ahead", "reminded"), [(4, False), (3, True), (0, True), (-1, False)])
def test_reminders_begin_three_days_before_the_end(ahead: int, reminded: bool) -> None:
    today = date(2026, 11, 20)
    assert is_reminded_on(today + ahead * DAY, today) is reminded


def test_those_with_unfinished_drafts_are_reminded_once_for_each_last_day(
    owner: Person, firm: Enterprise
) -> None:
    release = opened(3)
    make_draft(release, actor=owner, enterprise=firm)
    make_draft(release, actor=owner, enterprise=firm, title="第二件")
    make_entry(release)
    assert actions.remind_of_drafts() == 2
    assert actions.remind_of_drafts() == 0
    assert letters(owner) == ["drafts_unfinished"], "one letter for both"
    curator, later = make_curator(), clock.today() + 3 * DAY + DAY
    actions.extend_call(curator, release, release.version, later, ("延期。", ""))
    assert actions.remind_of_drafts() == 0, "four days before the new end"


def test_the_drafts_of_a_unit_are_reminded_of_before_its_own_last_day(app: Flask) -> None:
    release = opened(20)
    make_draft(release)
    assert actions.remind_of_drafts() == 0
    make_unit(release, due_on=clock.today() + 3 * DAY)
    assert actions.remind_of_drafts() == 1
    assert actions.remind_of_drafts() == 0
    assert "drafts_unfinished" in letters(make_sender())


def test_long_before_the_end_nobody_is_reminded(owner: Person, firm: Enterprise) -> None:
    make_draft(opened(4), actor=owner, enterprise=firm)
    assert actions.remind_of_drafts() == 0


def test_what_is_made_known_is_supplemented_not_rewritten(app: Flask) -> None:
    release = opened()
    with pytest.raises(Refused):
        actions.write_call(make_curator(), release, release.version, WORDS)
    release = db.session.get_one(Release, release.id)
    actions.supplement_call(make_curator(), release, release.version, ("可附图片。", ""))
    assert "可附图片。" in Browser(app).get(f"/calls/{release.id}").main
