"""What officers do with an official list: hand it in, confirm it, throw it away."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from portal import audit, clock, files, outbox
from portal.accounts.models import Person
from portal.accounts.queries.people import departments_for, has_right
from portal.accounts.terms import Right
from portal.classification.actions.titles import check_granted_elsewhere
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import TitleKind
from portal.classification.official_lists.judging import Source
from portal.classification.permits import office_of
from portal.classification.rules import titles as rules
from portal.classification.terms.official_lists import Finding, ListState, Settled
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received, StoredFile

TOPIC = "official_lists"
OWNER = "official_list"
KEPT = timedelta(days=30)
FIELDS = ("level", "number", "batch", "subject", "granted_on", "valid_from", "valid_until")
DISCARDABLE = frozenset({ListState.CHECKED, ListState.FAILED})


@action
def hand_in(
    actor: Person,
    kind: TitleKind,
    source: Source,
    received: Received,
    *,
    language: str,
    is_pasted: bool = False,
) -> OfficialList:
    """Keep a list for thirty days and have the worker read and compare it; no title is recorded by
    it. Call it inside `receiving`.

    Raises NotAllowed; Refused for the city's own titles and a source that cannot be right.
    """
    check_lister(actor, kind)
    check_granted_elsewhere(kind)
    check_source(kind, source)
    official = OfficialList(
        kind=kind,
        **asdict(source),
        file_name="" if is_pasted else received.original_name[:120],
        content_digest=received.digest,
        language=language,
        notes=[],
        read_at=clock.now(),
        read_by_id=actor.id,
    )
    db.session.add(official)
    db.session.flush()
    official.file = files.keep(actor, received, OWNER, official.id, keep_until=clock.today() + KEPT)
    audit.record(
        actor,
        "read_list",
        official,
        {"sha256": (None, received.digest)},
        office=office_of(kind),
    )
    owe(official)
    return official


@files.reader_of(OWNER)
def may_read_list(person: Person, file: StoredFile) -> bool:
    """Say whether an officer may open the file of a list: its department's, and auditors."""
    official = db.session.get(OfficialList, file.owner_id)
    if official is None:
        return False
    lead = official.kind.lead_department_id
    records = lead is not None and has_right(person, Right.RECOGNISE, department_id=lead)
    return records or has_right(person, Right.AUDIT)


def owe(official: OfficialList) -> None:
    """Owe the worker a slice of work on a list; in an action."""
    outbox.send(TOPIC, list=official.id)


def check_lister(actor: Person, kind: TitleKind) -> None:
    """Raise NotAllowed unless the actor records titles of this kind for its department."""
    departments = {department.id for department in departments_for(actor, Right.RECOGNISE)}
    if kind.lead_department_id not in departments:
        raise NotAllowed(_("Only officers of the department in charge may record this title"))


def check_source(kind: TitleKind, source: Source) -> None:
    """Raise Refused at the first field of a source that cannot be right."""
    facts = rules.TitleFacts(
        level=source.level,
        granted_on=source.granted_on or source.source_date,
        source_title=source.source_title,
        source_date=source.source_date,
        source_number=source.source_number,
        source_url=source.source_url,
    )
    rules.check_dates(facts, clock.today())
    rules.check_source(facts)
    if source.level and source.level not in kind.levels:
        raise Refused(_("Choose a level at which this title is granted"), "level")


def source_of(official: OfficialList) -> Source:
    """Return the source a list states once."""
    return Source(**{name: getattr(official, name) for name in Source.__dataclass_fields__})


@action
def record_list(actor: Person, official: OfficialList, version: int) -> None:
    """Have a title recorded for every row that was matched exactly and still is.

    Raises NotAllowed, Refused when it is not to be recorded, ChangedSinceOpened.
    """
    check_lister(actor, official.kind)
    check_state(official, version, ListState.CHECKED)
    ready = db.session.scalar(
        select(func.count()).where(
            OfficialListRow.list_id == official.id, OfficialListRow.finding == Finding.EXACT
        )
    )
    official.state, official.reached = ListState.RECORDING, 0
    official.recorded_by_id = actor.id
    audit.record(
        actor, "record_list", official, {"rows": (None, ready)}, office=office_of(official.kind)
    )
    owe(official)


def check_state(official: OfficialList, version: int, state: ListState) -> None:
    """Raise Refused for a list in another state, ChangedSinceOpened for another version."""
    if official.state != state:
        raise Refused(_("This list has been recorded, undone or discarded meanwhile"))
    if official.version != version:
        raise ChangedSinceOpened(_("This list was changed since you opened it: open it again"))


def facts_of_row(source: Source, row: OfficialListRow) -> rules.TitleFacts:
    """Return the facts of a judged row, which are complete."""
    facts = rules.TitleFacts(
        level=row.level,
        granted_on=row.granted_on or source.source_date,
        source_title=source.source_title,
        source_date=source.source_date,
        source_number=source.source_number,
        source_url=source.source_url,
    )
    return replace(facts, **{name: getattr(row, name) for name in FIELDS if getattr(row, name)})


def settle(actor: Person, row: OfficialListRow, as_what: Settled) -> None:
    """Write down what became of a row."""
    row.settled_as, row.settled_at, row.settled_by_id = as_what, clock.now(), actor.id


@action
def discard_list(actor: Person, official: OfficialList, version: int) -> None:
    """Throw a list away that was only checked, or could not be read.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_lister(actor, official.kind)
    state = ListState(official.state)
    check_state(official, version, state if state in DISCARDABLE else ListState.CHECKED)
    official.state = ListState.DISCARDED
    db.session.execute(delete(OfficialListRow).where(OfficialListRow.list_id == official.id))
    if official.file is not None:
        files.remove(actor, official.file)
    audit.record(actor, "discard_list", official, office=office_of(official.kind))
