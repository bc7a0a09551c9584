"""A call for entries: written, opened, extended, supplemented, closed; each is made known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.files import Received, StoredFile
from portal.lists.actions.editions import change_state, check_release_version
from portal.lists.actions.units import tell_units
from portal.lists.models import DraftReminder, Entry, ListCall, ListCallEvent, Release
from portal.lists.permits import check_curator
from portal.lists.queries.calls import (
    CALL_FILES,
    call_files,
    drafts_of,
    drafts_to_remind,
    find_call,
)
from portal.lists.rules.calls import CallWords, check_call_dates, check_extension, check_words
from portal.lists.terms.calls import CallEventKind
from portal.lists.terms.editions import EditionState

MOST_FILES = 10
Words = tuple[str, str]
NOTHING: Words = ("", "")


@action
def write_call(actor: Person, release: Release, version: int, words: CallWords) -> ListCall:
    """Write what the call says; once it is made known it is only supplemented.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, release.edition)
    check_release_version(release, version)
    if release.state != EditionState.PLANNED:
        raise Refused(_("The call is made known: what it says stays, a supplement adds to it"))
    if not words.guidance_zh.strip():
        raise Refused(_("Write what entries should hold"), "guidance_zh")
    call = find_call(release)
    if call is None:
        call = ListCall(release_id=release.id)
        db.session.add(call)
    call.document_no = words.document_no.strip()
    call.audience = sorted(words.audience)
    call.guidance_zh, call.guidance_en = words.guidance_zh.strip(), words.guidance_en.strip()
    audit.record(actor, "write_call", release, {"audience": (None, call.audience)})
    release.changed_at = clock.now()
    return call


@action
def open_call(
    actor: Person, release: Release, version: int, opens_on: date, closes_on: date | None
) -> None:
    """Call for entries from a day on, until the closing date."""
    check_call_dates(opens_on, closes_on, clock.today())
    change_state(actor, release, version, EditionState.CALL_OPEN, "open_call")
    release.call_opens_on, release.call_closes_on = opens_on, closes_on
    make_known(actor, release, CallEventKind.OPENED, NOTHING)
    tell_units(actor, release)


@action
def extend_call(
    actor: Person, release: Release, version: int, closes_on: date, words: Words
) -> None:
    """Name a later last day, also after the call was closed; those with drafts are told why.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_extension(release.call_closes_on, closes_on, clock.today())
    check_words(words[0])
    if release.state == EditionState.CALL_OPEN:
        check_curator(actor, release.edition)
        check_release_version(release, version)
        days = {"call_closes_on": (release.call_closes_on, closes_on)}
        audit.record(actor, "extend_call", release, days, note=words[0].strip())
    else:
        change_state(
            actor, release, version, EditionState.CALL_OPEN, "extend_call", words[0].strip()
        )
    release.call_closes_on = closes_on
    make_known(actor, release, CallEventKind.EXTENDED, words)
    for person in writers(drafts_of(release)):
        tell(person, "call_extended", **about(release, words))


@action
def supplement_call(actor: Person, release: Release, version: int, words: Words) -> None:
    """Add to an open call what it did not say. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_curator(actor, release.edition)
    check_release_version(release, version)
    if release.state != EditionState.CALL_OPEN:
        raise Refused(_("The call is not open"))
    check_words(words[0])
    audit.record(actor, "supplement_call", release, note=words[0].strip())
    make_known(actor, release, CallEventKind.SUPPLEMENTED, words)


@action
def close_call(actor: Person, release: Release, version: int, words: Words = NOTHING) -> None:
    """End the call today; before the day it named only with a reason the public reads."""
    change_state(actor, release, version, EditionState.CALL_CLOSED, "close_call", words[0])
    if release.call_closes_on is not None and clock.today() < release.call_closes_on:
        check_words(words[0])
        make_known(actor, release, CallEventKind.CLOSED, words, clock.today())
    release.call_closes_on = min(release.call_closes_on or clock.today(), clock.today())


@action
def start_curating(actor: Person, release: Release, version: int) -> None:
    """Begin the selection proper: nothing new comes in, only corrections."""
    change_state(actor, release, version, EditionState.CURATING, "start_curating")


def make_known(
    actor: Person,
    release: Release,
    kind: CallEventKind,
    words: Words,
    closes_on: date | None = None,
) -> None:
    """Write down what the public is told."""
    db.session.add(
        ListCallEvent(
            release_id=release.id,
            kind=str(kind),
            closes_on=closes_on or release.call_closes_on,
            words_zh=words[0].strip(),
            words_en=words[1].strip(),
            at=clock.now(),
            by_id=actor.id,
        )
    )
    release.changed_at = clock.now()


@action
def add_call_file(actor: Person, release: Release, received: Received) -> StoredFile:
    """Attach a file to a call, which is public with it. Raises NotAllowed, Refused."""
    check_curator(actor, release.edition)
    if len(call_files(release)) >= MOST_FILES:
        raise Refused(_("A call has at most %(most)d attachments", most=MOST_FILES), "file")
    return files.keep(actor, received, CALL_FILES, release.id)


@action
def remove_call_file(actor: Person, release: Release, file: StoredFile) -> None:
    """Take an attachment from a call that is not made known yet."""
    check_curator(actor, release.edition)
    if release.state != EditionState.PLANNED:
        raise Refused(_("The call is made known: its attachments stay"))
    files.remove(actor, file)


@action
def remind_of_drafts() -> int:
    """Remind those with unfinished drafts that their call ends within three days, once for each
    last day; return how many drafts. A night's job, which may be repeated."""
    drafts = drafts_to_remind(clock.today())
    by_day: dict[tuple[int, date], list[Entry]] = {}
    for draft, last_day in drafts:
        by_day.setdefault((draft.release_id, last_day), []).append(draft)
        db.session.add(DraftReminder(entry_id=draft.id, closes_on=last_day, sent_at=clock.now()))
    for (_release, last_day), found in by_day.items():
        words = about(found[0].release, NOTHING) | {"closes_on": last_day.isoformat()}
        for person in writers(found):
            tell(person, "drafts_unfinished", **words)
    return len(drafts)


def writers(drafts: Sequence[Entry]) -> list[Person]:
    """Return who began these drafts, each once."""
    ids = dict.fromkeys(draft.created_by_id for draft in drafts)
    found = [db.session.get(Person, person_id) for person_id in ids if person_id]
    return [person for person in found if person is not None]


def about(release: Release, words: Words) -> dict[str, str]:
    """Return what a letter says of a call."""
    day = release.call_closes_on.isoformat() if release.call_closes_on else ""
    edition = release.edition
    return {
        "title_zh": edition.title_zh,
        "title_en": edition.title_en,
        "closes_on": day,
        "words_zh": words[0].strip(),
        "words_en": words[1].strip(),
    }
