"""Fixing the content of a release for signing, and opening it again."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import city, clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists import content
from portal.lists.actions.editions import change_state, check_release_version
from portal.lists.actions.entries import announce
from portal.lists.actions.opinions import end_round
from portal.lists.actions.readiness import check_complete
from portal.lists.models import Release
from portal.lists.permits import check_curator
from portal.lists.queries.before_signing import check_consulted, check_noticed
from portal.lists.queries.content import present_content
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.reviews import check_reviewed
from portal.lists.rules.releases import check_step
from portal.lists.terms.editions import EditionState


@action
def enter_cosign(actor: Person, release: Release, version: int) -> None:
    """Fix the content for signing: every entry decided, opinions and public notice complete where
    they are asked for, the review sheet too, numbers allotted, check code taken.

    Numbers follow the order of the list without gaps; they are permanent from publication on.
    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, release.edition)
    check_release_version(release, version)
    check_step(release.state, EditionState.COSIGN)
    check_complete(release)
    check_consulted(release)
    check_noticed(release)
    check_reviewed(release)
    if release.state == EditionState.CONSULTING:
        end_round(actor, release)
    entries = accepted_entries(release)
    take_numbers_back(release)
    for place, entry in enumerate(entries, 1):
        entry.position, entry.number = place, number_at(release, place)
    text = content.canonical(present_content(release))
    code = content.check_code(text)
    change_state(actor, release, version, EditionState.COSIGN, "enter_cosign", code)
    release.content, release.check_code, release.frozen_at = text, code, clock.now()
    for entry in entries:
        announce(entry)


def number_at(release: Release, place: int) -> str:
    """Return the number of the entry at a place of a release, in the city's form."""
    edition = release.edition
    kind, year = f"entry_{edition.kind}", edition.year
    return city.number(kind, year=year, release=release.number, serial=place)


def take_numbers_back(release: Release) -> None:
    """Take back the numbers of a release that is not public: an entry that is dropped then leaves
    no gap. Written at once, since another entry may be given the same number next."""
    for entry in release.entries:
        entry.number = None
    db.session.flush()


@action
def reopen(actor: Person, release: Release, version: int, reason: str) -> int:
    """Open a release for changes again and return how many sign-offs that made void.

    Content, check code and numbers are discarded: they are given anew for the next signing.
    """
    if not reason.strip():
        raise Refused(_("Say why the release is reopened; the lead bodies will read it"), "reason")
    if release.state not in {EditionState.COSIGN, EditionState.SCHEDULED}:
        raise Refused(_("Only a release that is being signed can be reopened"))
    change_state(actor, release, version, EditionState.CURATING, "reopen_release", reason)
    standing = [sign_off for sign_off in release.sign_offs if sign_off.voided_at is None]
    for sign_off in standing:
        sign_off.voided_at, sign_off.void_reason = clock.now(), reason.strip()[:300]
    release.content = release.check_code = None
    release.frozen_at = release.scheduled_for = None
    take_numbers_back(release)
    for entry in accepted_entries(release):
        announce(entry)
    return len(standing)
