"""Recording, correcting and withdrawing titles."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.terms import Right
from portal.audit import SYSTEM, trail_of
from portal.classification.actions.titles import (
    correct_title,
    record_title,
    take_over_title,
    withdraw_title,
)
from portal.classification.queries import titles as queries
from portal.classification.queries.titles import get_title_kind
from portal.database import site_state
from portal.enterprises.models import Membership
from portal.enterprises.terms.record import Role
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.classification.factories import (
    INDUSTRY,
    make_enterprise,
    make_recogniser,
    record_title_for,
    title_facts,
)
from tests.factories import make_officer, make_person, make_submitted

pytestmark = pytest.mark.usefixtures("app")


def test_a_title_is_recorded_with_its_basis_and_told_to_everyone_concerned() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    before = site_state().content_version
    title = record_title_for(enterprise, officer)
    assert (title.valid_from, title.valid_until) == (date(2024, 11, 5), date(2027, 11, 4))
    assert title.recorded_by_id == officer.id
    assert site_state().content_version == before + 1
    event = trail_of("title", title.id)[0]
    assert (event.act, event.office) == ("record_title", "市科技局")
    owed = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(2))
    assert [(one.topic, one.payload) for one in owed] == [
        ("prechecks", {"enterprises": [enterprise.id]}),
        ("search", {"key": f"enterprise:{enterprise.id}"}),
    ]


def test_only_the_department_in_charge_records() -> None:
    enterprise = make_enterprise()
    with pytest.raises(NotAllowed):
        record_title_for(enterprise, make_recogniser(INDUSTRY))
    curator = make_officer(Right.CURATE_LISTS, mail="c@portal.example", department="meishan-sci")
    with pytest.raises(NotAllowed):
        record_title_for(enterprise, curator)


def test_a_right_for_one_district_ends_at_its_border() -> None:
    officer = make_officer(Right.RECOGNISE, department="meishan-sci", district="pengshan")
    with pytest.raises(NotAllowed):
        record_title_for(make_enterprise(1), officer)
    assert record_title_for(make_enterprise(2, district="pengshan"), officer).id


def test_nobody_records_for_their_own_enterprise() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    since = enterprise.created_at
    member = Membership(
        person_id=officer.id, enterprise_id=enterprise.id, role=Role.VIEWER, since=since
    )
    db.session.add(member)
    db.session.commit()
    with pytest.raises(NotAllowed):
        record_title_for(enterprise, officer)


def test_the_citys_own_titles_are_not_recorded_but_taken_over() -> None:
    enterprise, kind = make_enterprise(), get_title_kind("demonstration")
    officer = make_recogniser("meishan-coop")
    facts = title_facts(level="city", number="2024-01", batch="2024年")
    with pytest.raises(Refused):
        record_title(officer, enterprise, kind, facts)
    title = take_over_title(SYSTEM, enterprise, kind, facts)
    with pytest.raises(Refused):
        withdraw_title(officer, title, title.version, "误登")


def test_titles_are_recorded_in_the_registry_only() -> None:
    waiting = make_submitted(make_person())
    with pytest.raises(Refused):
        record_title_for(waiting, make_recogniser())


def test_a_certificate_number_is_one_enterprises_only() -> None:
    officer, first = make_recogniser(), make_enterprise(1)
    other = make_enterprise(2, name="四川另一家储能有限公司")
    record_title_for(first, officer)
    with pytest.raises(Refused) as refusal:
        record_title_for(other, officer, batch="2024年第三批")
    assert refusal.value.field == "number"
    assert first.name in refusal.value.message


def test_a_place_on_a_list_is_taken_within_its_batch_only() -> None:
    officer, first, other = make_recogniser(INDUSTRY), make_enterprise(1), make_enterprise(2)
    place = {"kind": "specialized_new", "level": "provincial", "number": "名单第40项"}
    record_title_for(first, officer, **place, batch="2023年")
    with pytest.raises(Refused):
        record_title_for(other, officer, **place, batch="2023年")
    assert record_title_for(other, officer, **place, batch="2024年").id


def test_the_same_title_twice_is_refused_naming_the_other() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    record_title_for(enterprise, officer)
    with pytest.raises(Refused) as refusal:
        record_title_for(enterprise, officer, number="GR202451000099")
    assert "GR202451000001" in refusal.value.message
    assert "2027-11-04" in refusal.value.message


def test_a_renewal_may_begin_before_the_old_certificate_ends() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    record_title_for(enterprise, officer, number="GR202151000001", granted_on=date(2021, 11, 16))
    assert record_title_for(enterprise, officer).id


def test_two_products_make_two_champions() -> None:
    enterprise, officer = make_enterprise(), make_recogniser(INDUSTRY)
    champion = {"kind": "champion", "level": "provincial", "batch": "第八批"}
    record_title_for(enterprise, officer, **champion, number="第3项", subject="皮带轮")
    assert record_title_for(enterprise, officer, **champion, number="第4项", subject="车钩").id
    with pytest.raises(Refused):
        record_title_for(enterprise, officer, **champion, number="第5项", subject="车钩")


def test_a_correction_replaces_the_row_and_keeps_what_was_known() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    title = record_title_for(enterprise, officer, number="GR202451000010")
    corrected = correct_title(officer, title, title.version, "抄录有误", title_facts())
    assert corrected.corrects_id == title.id
    assert title.superseded_at is not None
    assert title.superseded_ground == "抄录有误"
    event = trail_of("title", corrected.id)[0]
    assert event.changes == {"number": ["GR202451000010", "GR202451000001"]}
    assert event.note == "抄录有误"
    assert [row.id for row in queries.versions_of(title)] == [corrected.id, title.id]
    assert [held.title.id for held in queries.titles_of(enterprise.id)] == [corrected.id]


def test_a_correction_says_why_and_changes_something() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    title = record_title_for(enterprise, officer)
    with pytest.raises(Refused) as refusal:
        correct_title(officer, title, title.version, " ", title_facts(number="GR202451000002"))
    assert refusal.value.field == "ground"
    with pytest.raises(Refused):
        correct_title(officer, title, title.version, "核对", title_facts())
    assert queries.get_title(title.id).superseded_at is None


def test_a_correction_is_made_on_the_row_as_it_is_now() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    title = record_title_for(enterprise, officer)
    opened = title.version
    correct_title(officer, title, opened, "核对名单", title_facts(batch="2024年第三批"))
    with pytest.raises(ChangedSinceOpened):
        correct_title(officer, title, opened, "核对名单", title_facts(batch="2024年第一批"))
    with pytest.raises(ChangedSinceOpened):
        withdraw_title(officer, title, opened, "误登")


def test_a_withdrawal_keeps_the_record_and_frees_the_number() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    title = record_title_for(enterprise, officer)
    withdraw_title(officer, title, title.version, "登记到了另一家企业")
    assert queries.titles_of(enterprise.id) == []
    assert trail_of("title", title.id)[0].note == "登记到了另一家企业"
    assert record_title_for(make_enterprise(2), officer).number == title.number


def test_a_department_not_in_charge_corrects_nothing() -> None:
    title = record_title_for(make_enterprise(), make_recogniser())
    stranger = make_recogniser(INDUSTRY, "industry@portal.example")
    with pytest.raises(NotAllowed):
        correct_title(stranger, title, title.version, "核对", title_facts(batch=""))
    with pytest.raises(NotAllowed):
        withdraw_title(stranger, title, title.version, "误登")
