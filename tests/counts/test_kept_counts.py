"""Figures of the public pages: kept by those who write, right at every moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update

from portal import clock, counts
from portal.audit import SYSTEM
from portal.classification.models.titles import Title
from portal.cli import nightly
from portal.counts.models import CountedCell, CountedKind
from portal.counts.terms import Counted
from portal.database import action
from portal.directory.queries import registry
from portal.directory.queries.vocabulary import vocabulary
from portal.enterprises.actions import imports
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.lists.actions.publication import publish
from portal.outbox import nights
from portal.taxonomy.queries import find_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.counts.live import kept_figures, live_figures, sources
from tests.enterprises.sheets import firms, import_sheet, sheet, work_on
from tests.lists.factories import make_curator, make_signed_release
from tests.statements import counted_statements

Wait = Callable[..., None]
WRITERS, ROUNDS = 6, 5


def total() -> int:
    """Return how many enterprises the registry says it lists."""
    return registry.source(vocabulary(*registry.SCHEMES)).counts({})[0]


def agree() -> bool:
    """Say whether every list shows what its rows give."""
    return all(kept_figures(one, {}) == live_figures(one, {}) for one in sources())


def set_cell(n: int) -> None:
    """Write a wrong figure past every action."""
    db.session.execute(update(CountedCell).values(n=n, version=CountedCell.version))
    db.session.commit()


@action
def move(number: int, district: str) -> None:
    """Have one record move to another district."""
    record = db.session.get_one(Enterprise, number)
    record.district = find_term(Scheme.DISTRICT, district)


def test_writers_at_once_lose_nothing(app: Flask) -> None:
    import_sheet(sheet(*firms(WRITERS)))
    numbers = db.session.query(Enterprise.id).order_by(Enterprise.id).all()
    db.session.remove()

    def go_round(number: int) -> None:
        with app.app_context():
            for turn in range(ROUNDS):
                move(number, ("dongpo", "renshou", "pengshan")[turn % 3])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(go_round, [number for (number,) in numbers]))
    assert counts.check() == []
    assert (total(), agree()) == (WRITERS, True)


def test_what_is_rolled_back_is_not_counted(app: Flask) -> None:
    record = make_enterprise()
    record.district = find_term(Scheme.DISTRICT, "renshou")
    db.session.flush()
    db.session.rollback()
    assert counts.check() == []
    assert agree()


def test_an_import_is_counted_as_a_whole_when_it_is_done_and_not_once_it_is_undone(
    app: Flask,
) -> None:
    make_enterprise()
    job = import_sheet(sheet(*firms(5, start=20)))
    assert (total(), agree()) == (6, True)
    imports.undo(SYSTEM, job, job.version)
    assert (total(), agree()) == (1, True)
    work_on(job.id)
    assert (total(), counts.check()) == (1, [])


def test_entries_are_counted_with_their_release_and_not_a_moment_before(
    app: Flask, visitor: Browser
) -> None:
    release = make_signed_release(entries=2)
    assert "共2条" not in visitor.get("/lists/opportunity").text.replace(" ", "")
    assert [kept_figures(one, {})[0] for one in sources()] == [0, 0, 0, 0]
    publish(make_curator(), release, release.version)
    assert sum(kept_figures(one, {})[0] for one in sources()) == 2
    assert agree()


def test_a_title_that_lapsed_in_the_night_is_not_counted_though_the_worker_is_late(
    app: Flask, wait: Wait
) -> None:
    title = record_title_for(make_enterprise(), make_recogniser())
    last = title.valid_until or date.max
    clock.set_clock(f"{last.isoformat()}T23:00:00", app.extensions["site"].time_zone)
    counts.turn_day()
    chosen = {"title": ["high_tech"]}
    source = registry.source(vocabulary(*registry.SCHEMES))
    assert kept_figures(source, chosen)[0] == 1
    wait(hours=2)
    source = registry.source(vocabulary(*registry.SCHEMES))
    assert (kept_figures(source, chosen)[0], agree()) == (0, True)
    make_enterprise(2)
    assert agree(), "what is written before the worker has turned the day"
    counts.turn_day()
    assert (agree(), counts.check()) == (True, [])
    assert counts.counted_on() == last + timedelta(days=1)


def test_a_title_granted_before_the_worker_has_turned_the_day_is_counted(
    app: Flask, wait: Wait
) -> None:
    firm, officer = make_enterprise(), make_recogniser()
    wait(days=1)
    assert agree()
    record_title_for(firm, officer, granted_on=clock.today())
    assert agree()
    assert kept_figures(next(sources()), {"title": ["high_tech"]})[0] == 1


def test_an_entry_past_its_closing_date_is_ended_without_anybody_writing(
    app: Flask, wait: Wait
) -> None:
    release = make_signed_release(entries=1)
    publish(make_curator(), release, release.version)
    wait(days=60)
    assert agree()


def test_a_wrong_figure_is_found_and_put_right_in_the_night(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    make_enterprise()
    set_cell(7)
    assert [(one.kept, one.counted) for one in counts.check()] == [(7, 1)]
    nightly.run("check_counts", nightly.check_counts)
    assert (counts.check(), total()) == ([], 1)
    assert "kept 7" in caplog.text


def test_before_the_first_count_pages_count_their_rows_and_the_worker_begins(app: Flask) -> None:
    make_enterprise()
    db.session.execute(delete(CountedCell))
    db.session.execute(delete(CountedKind))
    db.session.commit()
    make_enterprise(2)
    assert (total(), agree(), counts.counted_on()) == (2, True, None)
    nightly.check_counts()
    assert (total(), agree(), counts.counted_on()) == (2, True, clock.today())
    assert nights.last_done("check_counts") is None


def test_commands_compare_and_count_anew(app: Flask) -> None:
    make_enterprise()
    set_cell(3)
    runner = app.test_cli_runner()
    found = runner.invoke(args=["counts", "check"])
    assert (found.exit_code, "kept 3, counted 1" in found.output) == (1, True)
    assert "1 cells differ" in runner.invoke(args=["counts", "check", "--repair"]).output
    assert runner.invoke(args=["counts", "check"]).exit_code == 0
    assert "1 enterprise" in runner.invoke(args=["counts", "recount"]).output


@pytest.mark.parametrize("path", ["/", "/enterprises", "/enterprises?district=dongpo", "/titles"])
def test_no_page_counts_rows(app: Flask, visitor: Browser, path: str) -> None:
    record_title_for(make_enterprise(), make_recogniser())
    visitor.get(path)
    app.extensions["kept_pages"].store.clear()
    with counted_statements() as sent:
        visitor.get(path)
    assert sent
    assert not [one for one in sent if "count(" in one.lower() or "GROUP BY" in one]


def test_a_process_reads_only_the_cells_that_changed(app: Flask) -> None:
    import_sheet(sheet(*firms(4)))
    total()
    make_enterprise(50)
    held = counts.kept.held[Counted.ENTERPRISE]
    with counted_statements() as sent:
        assert total() == 5
    assert [one for one in sent if "counted_cell.version >" in one]
    assert len(counts.kept.held[Counted.ENTERPRISE].cells.rows) > len(held.cells.rows)


def test_a_title_withdrawn_and_one_moved_with_a_merge_are_counted_where_they_are(
    app: Flask,
) -> None:
    title = record_title_for(make_enterprise(), make_recogniser())
    other = make_enterprise(2)

    @action
    def hand_over() -> None:
        db.session.get_one(Title, title.id).enterprise_id = other.id

    hand_over()
    assert (counts.check(), agree()) == ([], True)
