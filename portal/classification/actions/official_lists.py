"""Official lists: read as a dry run, recorded as one, undone while nothing rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from portal import audit, clock, outbox
from portal.accounts.models import Person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.classification.actions.claims import answers, decide
from portal.classification.actions.titles import check_granted_elsewhere
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title, TitleClaim, TitleKind
from portal.classification.official_lists.judging import Judged, Source, judge
from portal.classification.official_lists.reading import ReadList, ReadRow
from portal.classification.permits import office_of
from portal.classification.queries import official_lists as queries
from portal.classification.queries.claims import WITH_KIND
from portal.classification.rules import titles as rules
from portal.classification.rules.official_lists import digest_of
from portal.classification.terms.official_lists import Finding, ListState, Settled
from portal.classification.terms.titles import ClaimOutcome
from portal.database import action, mark_public_change
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db

FIELDS = ("level", "number", "batch", "subject", "granted_on", "valid_from", "valid_until")


@action
def keep_list(
    actor: Person, kind: TitleKind, source: Source, read: ReadList, file_name: str
) -> OfficialList:
    """Keep a list with what was found at each row; no title is recorded by it.

    Raises NotAllowed; Refused for the city's own titles and a source that cannot be right.
    """
    check_lister(actor, kind)
    check_granted_elsewhere(kind)
    check_source(kind, source)
    official = OfficialList(
        kind=kind,
        **asdict(source),
        file_name=file_name[:120],
        content_digest=read.content_digest,
        notes=read.notes,
        read_at=clock.now(),
        read_by_id=actor.id,
    )
    db.session.add(official)
    db.session.flush()
    for judged in judge(actor, kind, source, read.rows, official.id):
        db.session.add(row_of(official, judged))
    audit.record(
        actor,
        "read_list",
        official,
        {"rows": (0, len(read.rows)), "sha256": (None, read.content_digest)},
        office=office_of(kind),
    )
    return official


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


def row_of(official: OfficialList, judged: Judged) -> OfficialListRow:
    """Return the row to keep, its facts completed."""
    return OfficialListRow(
        list_id=official.id,
        row_no=judged.read.row_no,
        name=judged.read.name[:120],
        name_key=judged.name_key,
        uscc=judged.read.uscc,
        **{name: getattr(judged.facts, name) for name in FIELDS},
        finding=judged.finding,
        message=judged.message,
        other_row=judged.other_row,
        enterprise_id=judged.enterprise_id,
    )


def source_of(official: OfficialList) -> Source:
    """Return the source a list states once."""
    return Source(**{name: getattr(official, name) for name in Source.__dataclass_fields__})


@action
def record_list(actor: Person, official: OfficialList, version: int) -> int:
    """Record a title for every row that was matched exactly and still is; return how many.

    Rows are judged again: what became known or contradicted since the dry run is left out and
    says so; nothing is recorded that the report did not show. One line in the trail, with a
    digest. Raises NotAllowed, Refused when it is not to be recorded, ChangedSinceOpened.
    """
    check_lister(actor, official.kind)
    check_state(official, version, ListState.CHECKED)
    rows = queries.every_row(official.id)
    recorded = record_rows(actor, official, still_exact(actor, official, rows))
    official.state, official.recorded_at = ListState.RECORDED, clock.now()
    official.recorded_by_id = actor.id
    official.digest = digest_of(
        [row.row_no, row.enterprise_id, *(getattr(row, name) for name in FIELDS)]
        for row in recorded
    )
    audit.record(
        actor,
        "record_list",
        official,
        {"titles": (0, len(recorded)), "sha256": (None, official.digest)},
        office=office_of(official.kind),
    )
    mark_public_change()
    return len(recorded)


def check_state(official: OfficialList, version: int, state: ListState) -> None:
    """Raise Refused for a list in another state, ChangedSinceOpened for another version."""
    if official.state != state:
        raise Refused(_("This list has been recorded, undone or discarded meanwhile"))
    if official.version != version:
        raise ChangedSinceOpened(_("This list was changed since you opened it: open it again"))


def still_exact(
    actor: Person, official: OfficialList, rows: Sequence[OfficialListRow]
) -> list[OfficialListRow]:
    """Return the rows that were exact and still are, the others among them saying why not."""
    read = [
        ReadRow(row.row_no, row.name, row.uscc, **{name: getattr(row, name) for name in FIELDS})
        for row in rows
        if row.finding != Finding.REFUSED
    ]
    judged = {
        each.read.row_no: each
        for each in judge(actor, official.kind, source_of(official), read, official.id)
    }
    exact = []
    for row in rows:
        if row.finding != Finding.EXACT:
            continue
        now = judged[row.row_no]
        if now.finding == Finding.EXACT and now.enterprise_id == row.enterprise_id:
            exact.append(row)
        else:
            row.finding, row.message, row.other_row = now.finding, now.message, now.other_row
            row.enterprise_id = now.enterprise_id
    return exact


def record_rows(
    actor: Person, official: OfficialList, rows: Sequence[OfficialListRow]
) -> Sequence[OfficialListRow]:
    """Add the titles of these rows and settle the claims they answer, without lines of their own
    in the trail; return the rows."""
    source = source_of(official)
    moment = clock.now()
    for row in rows:
        facts = facts_of_row(source, row)
        row.title = Title(
            enterprise_id=row.enterprise_id,
            kind_id=official.kind_id,
            list_id=official.id,
            recorded_at=moment,
            recorded_by_id=actor.id,
            **asdict(facts),
        )
        settle(actor, row, Settled.RECORDED)
    db.session.flush()
    settle_claims_of(actor, official, rows)
    announce_all(row.enterprise_id for row in rows)
    return rows


def facts_of_row(source: Source, row: OfficialListRow) -> rules.TitleFacts:
    """Return the facts of a kept row, which are complete."""
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


def announce_all(enterprise_ids: Iterable[int | None]) -> None:
    """Owe the search index the present state of records, each once."""
    for number in dict.fromkeys(enterprise_ids):
        outbox.send("search", key=f"enterprise:{number}")


def settle_claims_of(
    actor: Person, official: OfficialList, rows: Sequence[OfficialListRow]
) -> None:
    """Close the open claims these rows answer, in one statement for the whole list."""
    titles = [row.title for row in rows if row.title is not None]
    for some in queries.chunks([title.enterprise_id for title in titles]):
        for claim in db.session.scalars(
            select(TitleClaim)
            .where(
                TitleClaim.kind_id == official.kind_id,
                TitleClaim.enterprise_id.in_(some),
                TitleClaim.decided_at.is_(None),
            )
            .options(WITH_KIND, joinedload(TitleClaim.enterprise))
        ):
            meant = (title for title in titles if is_meant(claim, title))
            if (title := next(meant, None)) is not None:
                decide(actor, claim, ClaimOutcome.VERIFIED, title=title)


def is_meant(claim: TitleClaim, title: Title) -> bool:
    """Say whether a recorded title answers a claim of its kind."""
    return (
        claim.enterprise_id == title.enterprise_id
        and claim.level in (title.level, "")
        and answers(title, claim)
    )


@action
def discard_list(actor: Person, official: OfficialList, version: int) -> None:
    """Throw a list away that was only checked. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_lister(actor, official.kind)
    check_state(official, version, ListState.CHECKED)
    official.state = ListState.DISCARDED
    db.session.execute(delete(OfficialListRow).where(OfficialListRow.list_id == official.id))
    audit.record(actor, "discard_list", official, office=office_of(official.kind))
