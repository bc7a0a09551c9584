"""What curators do with an edition and its releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.models import Edition, EditionBody, Release
from portal.lists.permits import check_curator
from portal.lists.procedures import curation
from portal.lists.queries.editions import find_edition
from portal.lists.queries.ledger import check_ended
from portal.lists.rules.releases import check_changeable, check_step
from portal.lists.terms.editions import (
    CURATED_STATES,
    PUBLIC_STATES,
    REVIEWED_STATES,
    EditionState,
)
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import Purpose
from portal.taxonomy.models import Department

YEARS = range(2000, 2101)


@action
def open_edition(  # noqa: PLR0913 - the parts of an edition
    actor: Person,
    year: int,
    kind: Kind,
    *,
    title_zh: str,
    title_en: str,
    leads: Sequence[Department],
    cooperating: Sequence[Department] = (),
    foreword_zh: str = "",
    foreword_en: str = "",
    is_sample: bool = False,
) -> Edition:
    """Plan a list of a year with its first release and return it.

    `leads` sign in the order given. What stands before the signing is what the city's data says of
    the kind. Raises Refused when the edition exists or nobody leads it,
    NotAllowed unless the actor curates lists for a lead body.
    """
    check_edition(actor, year, kind, leads)
    asks = curation().asks[kind]
    edition = Edition(
        year=year,
        kind=str(kind),
        title_zh=title_zh.strip(),
        title_en=title_en.strip(),
        foreword_zh=foreword_zh.strip(),
        foreword_en=foreword_en.strip(),
        is_sample=is_sample,
        bodies=[
            EditionBody(department=body, leads=body in leads, position=position)
            for position, body in enumerate(dict.fromkeys([*leads, *cooperating]), 1)
        ],
        releases=[
            Release(
                number=1,
                asks_opinions=asks.opinions,
                notice_days=asks.notice_days,
                changed_at=clock.now(),
            )
        ],
    )
    db.session.add(edition)
    audit.record(actor, "open_edition", edition, {"year": (None, year), "kind": (None, str(kind))})
    return edition


def check_edition(actor: Person, year: int, kind: Kind, leads: Sequence[Department]) -> None:
    """Raise Refused or NotAllowed when this edition cannot be opened."""
    if year not in YEARS:
        raise Refused(_("The year should have four digits, such as 2026: check it"), "year")
    if find_edition(year, kind) is not None:
        raise Refused(_("There is such a list for %(year)d already", year=year), "year")
    if not leads:
        raise Refused(_("Choose at least one lead body: lead bodies sign the list"), "leads")
    if not any(has_right(actor, Right.CURATE_LISTS, department_id=lead.id) for lead in leads):
        raise NotAllowed(_("Only officers who curate lists for a lead body may do this"))


@action
def open_release(actor: Person, edition: Edition) -> Release:
    """Plan the next release of an edition and return it; one at a time is in work."""
    check_curator(actor, edition)
    last = edition.releases[-1]
    if last.state not in {*PUBLIC_STATES, EditionState.CANCELLED, EditionState.WITHDRAWN}:
        raise Refused(_("Release %(number)d is still in work: finish it first", number=last.number))
    release = Release(
        edition=edition,
        number=last.number + 1,
        asks_opinions=last.asks_opinions,
        notice_days=last.notice_days,
        changed_at=clock.now(),
    )
    db.session.add(release)
    audit.record(actor, "open_release", edition, {"release": (last.number, release.number)})
    return release


@action
def describe_release(
    actor: Person, release: Release, version: int, document_no: str, dated_on: date | None
) -> None:
    """Set document number and date of issue, which are signed with the content."""
    check_curator(actor, release.edition)
    check_release_version(release, version)
    if release.state not in {*CURATED_STATES, *REVIEWED_STATES, EditionState.PLANNED}:
        check_changeable(release.state)
    audit.record(
        actor,
        "describe_release",
        release,
        {
            "document_no": (release.document_no, document_no.strip()),
            "dated_on": (release.dated_on, dated_on),
        },
    )
    release.document_no, release.dated_on = document_no.strip(), dated_on
    release.changed_at = clock.now()


@action
def cancel(actor: Person, release: Release, version: int, reason: str) -> None:
    """Give up a release that was never signed; its own number stays unused for ever."""
    if not reason.strip():
        raise Refused(_("Say why the release is cancelled"), "reason")
    change_state(actor, release, version, EditionState.CANCELLED, "cancel_release", reason)


@action
def archive(actor: Person, release: Release, version: int) -> None:
    """Put a published release among those of earlier years; it stays public.

    Raises Refused while an entry of it has no outcome and two officers have not waived that.
    """
    check_ended(release, Purpose.ARCHIVE)
    change_state(actor, release, version, EditionState.ARCHIVED, "archive_release")


def change_state(
    actor: Person,
    release: Release,
    version: int,
    wanted: EditionState,
    act: str,
    note: str = "",
) -> None:
    """Check actor, version and state, then move the release on and write the trail."""
    check_curator(actor, release.edition)
    check_release_version(release, version)
    check_step(release.state, wanted)
    audit.record(
        actor,
        act,
        release,
        {"state": (release.state, wanted), "version": (version, version + 1)},
        note=note.strip(),
    )
    release.state = wanted
    release.changed_at = clock.now()


def check_release_version(release: Release, version: int) -> None:
    """Raise ChangedSinceOpened when the form shows an older state of the release."""
    if release.version != version:
        raise ChangedSinceOpened(
            _("The release was changed since you opened it: look at it again and repeat")
        )
