"""Counting holders: on a day, as known at a moment, each enterprise once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from portal import clock
from portal.classification.actions.titles import correct_title, withdraw_title
from portal.classification.queries import counts
from portal.classification.queries.counts import Sought
from portal.classification.queries.titles import get_title_kind, titles_of
from portal.classification.terms.titles import Level, Standing
from portal.enterprises.models import Enterprise, EnterprisePeriod
from portal.enterprises.terms.record import State
from portal.extensions import db
from tests.classification.factories import (
    INDUSTRY,
    make_enterprise,
    make_recogniser,
    record_title_for,
    title_facts,
)
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("app")
GRANTED, UNTIL = date(2024, 11, 5), date(2027, 11, 4)
DAY = timedelta(days=1)
HIGH_TECH = ("high_tech", "national")


def in_registry_since(enterprise: Enterprise, begin: date, end: date | None = None) -> None:
    """Set since when and until when an enterprise was in the registry."""
    db.session.execute(
        update(EnterprisePeriod)
        .where(EnterprisePeriod.enterprise_id == enterprise.id)
        .values(valid_from=begin, valid_until=end)
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("on", "number"),
    [(GRANTED - DAY, 0), (GRANTED, 1), (UNTIL, 1), (UNTIL + DAY, 0)],
)
def test_a_title_counts_from_its_first_day_to_its_last(on: date, number: int) -> None:
    enterprise = make_enterprise()
    in_registry_since(enterprise, date(2020, 1, 1))
    record_title_for(enterprise, make_recogniser())
    assert counts.count_holders(on).get(HIGH_TECH, 0) == number
    assert counts.count_family("high_tech", on) == number
    assert counts.count_sought(Sought(get_title_kind("high_tech"), on)) == number


@pytest.mark.parametrize(("on", "number"), [(-1, 0), (0, 1), (10, 1), (11, 0)])
def test_only_enterprises_in_the_registry_on_that_day_count(on: int, number: int) -> None:
    admitted = date(2025, 3, 1)
    enterprise = make_enterprise()
    in_registry_since(enterprise, admitted, admitted + 10 * DAY)
    record_title_for(enterprise, make_recogniser())
    assert counts.count_family("high_tech", admitted + on * DAY) == number


def test_a_suspended_enterprise_does_not_count() -> None:
    enterprise = make_enterprise()
    record_title_for(enterprise, make_recogniser())
    db.session.execute(update(EnterprisePeriod).values(state=State.SUSPENDED))
    db.session.commit()
    assert counts.count_holders(clock.today()) == {}


def test_a_family_counts_an_enterprise_once_and_each_level_once() -> None:
    enterprise, officer = make_enterprise(), make_recogniser(INDUSTRY)
    record_title_for(enterprise, officer, "specialized_new", level="provincial", number="第40项")
    record_title_for(enterprise, officer, "little_giant", number="第六批第88项")
    today = clock.today()
    assert counts.count_families(today) == {"specialized_new": 1}
    assert counts.count_family("specialized_new", today) == 1
    assert counts.count_family("specialized_new", today, at_least=Level.NATIONAL) == 1
    assert counts.count_family_levels(today) == {
        ("specialized_new", "provincial"): 1,
        ("specialized_new", "national"): 1,
    }
    assert counts.count_holders(today) == {
        ("specialized_new", "provincial"): 1,
        ("little_giant", "national"): 1,
    }


def test_provincial_and_above_includes_national_but_not_the_citys() -> None:
    officer = make_recogniser()
    for serial, level in enumerate(("national", "provincial", "city"), 1):
        record_title_for(
            make_enterprise(serial), officer, "rd_platform", level=level, number=f"第{serial}项"
        )
    today = clock.today()
    assert counts.count_family("rd_platform", today, at_least=Level.PROVINCIAL) == 2
    assert counts.count_family("rd_platform", today, at_least=Level.CITY) == 3


def test_a_renewal_counts_no_enterprise_twice() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    in_registry_since(enterprise, date(2020, 1, 1))
    record_title_for(enterprise, officer, number="GR202151000001", granted_on=date(2021, 11, 16))
    record_title_for(enterprise, officer)
    assert counts.count_holders(date(2024, 11, 10)) == {HIGH_TECH: 1}


def test_counts_tell_what_was_known_before_a_correction() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    title = record_title_for(enterprise, officer)
    known_then, today = clock.now(), clock.today()
    short = title_facts(valid_until=today - DAY)
    corrected = correct_title(officer, title, title.version, "证书已注销", short)
    assert counts.count_family("high_tech", today) == 0
    assert counts.count_family("high_tech", today, known_then) == 1
    assert [one.title.id for one in titles_of(enterprise.id, today, known_then)] == [title.id]
    (now,) = titles_of(enterprise.id, today)
    assert (now.title.id, now.standing) == (corrected.id, Standing.LAPSED)


def test_counts_tell_what_was_known_before_a_withdrawal() -> None:
    title = record_title_for(make_enterprise(), officer := make_recogniser())
    known_then = clock.now()
    withdraw_title(officer, title, title.version, "误登")
    assert counts.count_holders(clock.today()) == {}
    assert counts.count_holders(clock.today(), known_then) == {HIGH_TECH: 1}


def test_samples_can_be_left_out() -> None:
    officer, sample = make_recogniser(), make_enterprise(1)
    record_title_for(sample, officer)
    record_title_for(make_enterprise(2), officer, number="GR202451000002")
    db.session.execute(update(Enterprise).where(Enterprise.id == sample.id).values(is_sample=True))
    db.session.commit()
    today, kind = clock.today(), get_title_kind("high_tech")
    assert counts.count_holders(today) == {HIGH_TECH: 2}
    assert counts.count_holders(today, samples=False) == {HIGH_TECH: 1}
    assert len(counts.holders(Sought(kind, today, samples=False))) == 1


def test_holders_are_listed_by_name_in_a_fixed_number_of_statements() -> None:
    officer, kind = make_recogniser(), get_title_kind("high_tech")
    for serial in range(1, 6):
        enterprise = make_enterprise(serial, name=f"眉山示例{serial}号有限公司")
        record_title_for(enterprise, officer, number=f"GR20245100000{serial}")
    db.session.expire_all()
    today, _ = clock.today(), kind.id
    with counted_statements() as sent:
        found = counts.holders(Sought(kind, today), offset=1, limit=3)
        names = [(one.enterprise.name, one.titles[0].title.kind.name_zh) for one in found]
    assert [name for name, _ in names] == [f"眉山示例{serial}号有限公司" for serial in (2, 3, 4)]
    assert len(sent) == 3
    assert counts.count_sought(Sought(kind, today)) == 5


def test_a_profile_shows_what_holds_before_what_has_lapsed() -> None:
    enterprise, officer = make_enterprise(), make_recogniser()
    record_title_for(enterprise, officer, number="GR202151000001", granted_on=date(2021, 11, 16))
    record_title_for(
        enterprise, officer, "tech_sme", number="202651140208000001", granted_on=date(2026, 3, 1)
    )
    shown = titles_of(enterprise.id)
    assert [(one.title.kind.slug, one.standing, one.counts) for one in shown] == [
        ("tech_sme", Standing.EXPIRING, True),
        ("high_tech", Standing.LAPSED, False),
    ]
