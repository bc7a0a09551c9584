"""A correction starts from what the public reads, not from what was sent in."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.errors import Refused
from portal.lists.actions.errata import propose_correction
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.actions.wordings import answer_wording, propose_wording
from portal.lists.models import Entry, Erratum
from portal.lists.queries.wordings import sent_wording, wordings_of
from portal.lists.terms.errata import ErratumKind
from portal.lists.terms.wordings import WordingState
from tests.browser_client import Browser
from tests.lists.factories import (
    entry_values,
    make_accepted,
    make_call,
    make_curator,
    make_sender,
    sign_all,
    start_signing,
)

Someone = Callable[[Person], Browser]
SENT, PUBLIC = "全市最优储能场景", "公交场站储能场景"
NEED = "14座场站开放储能。"


@pytest.fixture
def entry(app: Flask) -> Entry:
    """A public entry that reads otherwise than it was sent in, as its submitter agreed."""
    release = make_call()
    found = make_accepted(release, title=SENT)
    worded = sent_wording(found) | {"title": PUBLIC, "details_need": NEED}
    wording = propose_wording(make_curator(), found, found.version, worded, "不用“最优”")
    answer_wording(make_sender(), found, wording, wording.version)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return found


def propose(entry: Entry, **changes: object) -> Erratum:
    details = {**entry_values()["details"], "need": NEED}
    values = entry_values(**{"title": PUBLIC, "details": details, **changes})
    return propose_correction(
        make_curator(), entry, entry.version, ErratumKind.CORRECTION, "有误", values
    )


def correct(entry: Entry, **changes: object) -> Erratum:
    erratum = propose(entry, **changes)
    issue(make_curator("second"), erratum, erratum.version)
    return erratum


def test_the_form_shows_what_the_public_reads(entry: Entry, someone: Someone) -> None:
    browse = someone(make_curator())
    page = browse.get(f"/bureau/editions/entries/{entry.id}/correction")
    fields = page.form("/propose-correction").fields
    assert fields["title"] == [PUBLIC]
    assert fields["details_need"] == [NEED]


def test_the_public_words_sent_back_unchanged_are_no_correction(entry: Entry) -> None:
    with pytest.raises(Refused, match="公众所见没有变化"):
        propose(entry)


def test_the_difference_is_to_the_public_words(entry: Entry, visitor: Browser) -> None:
    erratum = correct(entry, title="公交场站储能应用")
    assert erratum.changes["title"] == [PUBLIC, "公交场站储能应用"]
    assert [(one["before"], one["after"]) for one in erratum.shown] == [
        (PUBLIC, "公交场站储能应用")
    ]
    page = visitor.get(f"/entries/{entry.number}")
    assert NEED in page.main
    assert SENT not in page.main


def test_another_item_leaves_the_public_words_as_they_are(entry: Entry) -> None:
    erratum = correct(entry, office="场站管理科")
    assert set(erratum.changes) == {"office"}
    assert (entry.snapshot or {})["title_zh"] == PUBLIC


def test_a_second_correction_starts_from_the_first(entry: Entry) -> None:
    correct(entry, title="公交场站储能应用")
    erratum = correct(entry, title="公交场站储能")
    assert erratum.changes["title"] == ["公交场站储能应用", "公交场站储能"]
    said = json.loads(entry.release.content or "")["entries"][0]
    assert said == entry.snapshot
    assert said["details"][0]["value"] == NEED
    assert [one.state for one in wordings_of(entry)] == [WordingState.REPLACED]


def test_words_may_be_corrected_back_to_those_sent_in(entry: Entry) -> None:
    correct(entry, title=SENT)
    assert (entry.snapshot or {})["title_zh"] == SENT
    with pytest.raises(Refused, match="公众所见没有变化"):
        propose(entry, title=SENT)


def test_the_second_officer_reads_both(entry: Entry, someone: Someone) -> None:
    erratum = propose(entry, title="公交场站储能应用")
    second: Person = make_curator("second")
    page = someone(second).get(f"/bureau/editions/errata/{erratum.id}")
    assert PUBLIC in page.main
    assert SENT not in page.main
