"""Whatever members, officers, the worker and the nights do, pages show what the rows give."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from portal import clock, counts
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.classification.actions import standing as title_standing
from portal.classification.actions.titles import correct_title, withdraw_title
from portal.classification.models.standing import TitleRequest
from portal.classification.models.titles import Title
from portal.classification.rules.standing import Asked
from portal.counts import kept
from portal.enterprises.actions import imports
from portal.enterprises.models import ImportJob
from portal.enterprises.queries.records import get_enterprise
from portal.errors import PortalError
from portal.extensions import db
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.life import mark_life, tend_ledger
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.terms.entries import Life
from tests.classification.factories import make_recogniser, record_title_for, title_facts
from tests.counts.live import kept_figures, live_figures, sources
from tests.enterprises.sheets import firms, import_sheet, sheet, work_on
from tests.enterprises.test_standing_machine import ACTS as OF_RECORDS
from tests.enterprises.test_standing_machine import DAYS, Cast, act, fresh, make_cast
from tests.fresh_database import Fresh
from tests.lists.factories import let_go_on, make_curator, make_signed_release


@dataclass
class City:
    """The two records and their people, who records titles, and a signed release."""

    cast: Cast
    recogniser: Person
    second: Person
    release: Release

    @property
    def title(self) -> Title:
        """The last title recorded."""
        found = select(Title).where(Title.superseded_at.is_(None)).order_by(Title.id.desc())
        return db.session.scalars(found.limit(1)).one()

    def night(self) -> None:
        counts.turn_day()
        tend_ledger()

    def grant(self) -> None:
        firm = get_enterprise(self.cast.record.id)
        record_title_for(firm, self.recogniser, number="GR202651000001", granted_on=clock.today())

    def grant_other(self) -> None:
        begins = clock.today() + timedelta(days=20)
        firm = get_enterprise(self.cast.double.id)
        record_title_for(firm, self.recogniser, number="GR202651000002", granted_on=begins)

    def correct(self) -> None:
        facts = title_facts(number="GR202151000003", granted_on=date(2023, 12, 20))
        correct_title(self.recogniser, self.title, self.title.version, "示例更正", facts)

    def take_back(self) -> None:
        withdraw_title(self.recogniser, self.title, self.title.version, "示例：录入有误")

    def interrupt(self) -> None:
        asked = Asked("suspend", clock.today(), "示例")
        title_standing.ask(self.recogniser, self.title, self.title.version, asked)

    def agree_to_it(self) -> None:
        waiting = select(TitleRequest).where(TitleRequest.decided_at.is_(None))
        request = db.session.scalars(waiting).one()
        title_standing.consent(self.second, request, request.version)

    def bring_in(self) -> None:
        import_sheet(sheet(*firms(3, start=40)))

    def undo_import(self) -> None:
        last = select(ImportJob).order_by(ImportJob.id.desc()).limit(1)
        job = db.session.scalars(last).one()
        imports.undo(SYSTEM, job, job.version)
        work_on(job.id, slices=1)

    def go_on(self) -> None:
        for job in db.session.scalars(select(ImportJob.id)).all():
            work_on(job)

    def release_it(self) -> None:
        release = get_release(self.release.id)
        let_go_on(release)
        publish(make_curator(), release, release.version)

    def match(self) -> None:
        entry = get_release(self.release.id).entries[0]
        mark_life(make_curator(), entry, entry.version, Life.IN_TALKS, "示例")

    def withdraw_entry(self) -> None:
        release = get_release(self.release.id)
        actor, entry = make_curator(), release.entries[1]
        proposed = errata.propose_withdrawal(actor, release, entry, "示例有误")
        issue(make_curator("second-curator"), proposed, proposed.version)


OF_CITY: dict[str, Callable[[City], None]] = {
    name: getattr(City, name)
    for name, value in vars(City).items()
    if callable(value) and not name.startswith("__")
}
OFTEN = ("grant", "grant_other", "release_it", "bring_in", "night", "agree_to_it", "go_on")


def do(city: City, name: str) -> None:
    """Do one thing; a refusal is an answer, and so is that there is nothing to do it to."""
    if name in OF_CITY:
        with suppress(PortalError, LookupError, NoResultFound):
            OF_CITY[name](city)
    else:
        act(city.cast, name)
    db.session.rollback()


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(st.data())
def test_every_order_of_acts_leaves_counts_that_agree_with_the_rows(
    app: Flask, pristine: Fresh, data: st.DataObject
) -> None:
    zone = app.extensions["site"].time_zone
    names = st.sampled_from([*OF_RECORDS, *OF_CITY, *OFTEN])
    with fresh(pristine):
        clock.set_clock("2026-11-22T10:00:00", zone)
        kept.forget()
        city = make_city()
        for name in data.draw(st.lists(names, min_size=6, max_size=14)):
            if name in DAYS:
                clock.set_clock((clock.now() + timedelta(days=DAYS[name])).isoformat(), zone)
            do(city, name)
            assert counts.check() == [], name
            look_at_pages(data, name)


def look_at_pages(data: st.DataObject, name: str) -> None:
    """Compare a choice of values on every list with its rows."""
    for source in sources():
        chosen = {
            facet.name: data.draw(st.lists(st.sampled_from(slugs), max_size=2, unique=True))
            for facet in source.facets
            if (slugs := [option.slug for option in facet.options])
        }
        for choice in ({}, {key: values for key, values in chosen.items() if values}):
            assert kept_figures(source, choice) == live_figures(source, choice), name


def make_city() -> City:
    """Return a city in which all this can happen."""
    cast = make_cast()
    second = make_recogniser(mail="second-titles@portal.example")
    return City(cast, make_recogniser(), second, make_signed_release(entries=3))
