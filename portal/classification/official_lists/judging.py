"""Judging the rows of a list: whom they mean, and whether what they say can be recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification.models.official_lists import OfficialListRow
from portal.classification.models.titles import Title, TitleKind
from portal.classification.official_lists.reading import ReadRow
from portal.classification.queries import list_comparison as queries
from portal.classification.queries.standing import bans_of, revoked_titles
from portal.classification.rules import titles as rules
from portal.classification.rules.matching import NO_MATCH, How, Match, Registry
from portal.classification.rules.titles import TitleFacts
from portal.classification.terms.official_lists import Finding, Settled
from portal.enterprises.names import normal
from portal.enterprises.queries.members import memberships_of
from portal.errors import Refused


@dataclass(frozen=True)
class Source:
    """The source stated once for a list, and what holds for rows that name nothing."""

    source_title: str
    source_date: date
    source_number: str = ""
    source_url: str = ""
    level: str = ""
    batch: str = ""
    granted_on: date | None = None


@dataclass
class Judged:
    """A row with its facts and what was found."""

    read: ReadRow
    facts: TitleFacts
    match: Match
    finding: Finding = Finding.EXACT
    message: str = ""
    other_row: int | None = None
    fault: str = ""

    @property
    def enterprise_id(self) -> int | None:
        """Whom it means or may mean."""
        return self.match.firm.id if self.match.firm else None

    @property
    def name_key(self) -> str:
        """The spelling under which the same row of another list is found."""
        return normal(self.read.name).full[:120]

    def leave(self) -> None:
        """Let the row mean nobody: the record it meant is in the registry no more."""
        self.match = Match(How.NOBODY)
        self.find(Finding.UNMATCHED, how_words(self.match))

    def find(self, finding: Finding, message: str, other_row: int | None = None) -> None:
        """Say what was found; the first finding that stops a row counts."""
        if self.finding in (Finding.EXACT, Finding.LIKELY, Finding.UNMATCHED):
            self.finding, self.message, self.other_row = finding, message[:400], other_row


def judge(
    actor: Person,
    kind: TitleKind,
    source: Source,
    rows: Sequence[ReadRow],
    registry: Registry,
    list_id: int,
) -> list[Judged]:
    """Return rows judged by themselves, against the record and against other lists; `list_id` is
    their own list. What they are to each other is told apart, once all are judged."""
    judged = [judge_alone(kind, source, row, registry) for row in rows]
    judge_permission(actor, kind, judged)
    judge_bans(kind, judged)
    judge_against_record(kind, judged)
    judge_against_lists(kind, judged, list_id)
    return judged


def judge_alone(kind: TitleKind, source: Source, row: ReadRow, registry: Registry) -> Judged:
    """Judge what a row says by itself, and find whom it means."""
    facts = facts_of(kind, source, row)
    match = registry.match(normal(row.name), row.uscc, bad_code=row.bad_code)
    judged = Judged(row, facts, match)
    if match.how in NO_MATCH:
        judged.finding = Finding.UNMATCHED
    elif not match.is_exact:
        judged.finding = Finding.LIKELY
    judged.message = how_words(match)
    try:
        rules.check_facts(facts, kind.levels, clock.today())
    except Refused as refusal:
        judged.fault = refusal.message[:400]
        judged.find(Finding.REFUSED, judged.fault)
    return judged


def facts_of(kind: TitleKind, source: Source, row: ReadRow | OfficialListRow) -> TitleFacts:
    """Return a row's facts completed by what the list says once."""
    facts = TitleFacts(
        level=row.level or source.level,
        granted_on=row.granted_on or source.granted_on or source.source_date,
        source_title=source.source_title,
        source_date=source.source_date,
        source_number=source.source_number,
        source_url=source.source_url,
        number=row.number,
        batch=row.batch or source.batch,
        subject=row.subject,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
    return rules.completed(facts, kind.levels, kind.validity_months)


def how_words(match: Match) -> str:
    """Return how a row was matched, in words."""
    words = {
        How.CODE: _("By the credit code"),
        How.NAME: _("By the name"),
        How.FORMER_NAME: _("By a former name"),
        How.CODE_OTHER_NAME: _("The code is this record’s, the name is another"),
        How.NAME_OTHER_CODE: _("The name is this record’s, the code is another"),
        How.NAME_BAD_CODE: _("The name is this record’s, the code of the row cannot be right"),
        How.SAME_CORE: _("The name differs in place or legal form only"),
        How.ONE_CHARACTER: _("The name differs in one character"),
        How.SEVERAL: _("Several records have such a name"),
        How.NOBODY: _("No record has this code or such a name"),
    }
    return words[match.how]


def judge_permission(actor: Person, kind: TitleKind, judged: list[Judged]) -> None:
    """Leave out firms of districts the officer does not record for, and their own."""
    places = queries.places_of([each.enterprise_id for each in judged if each.enterprise_id])
    own = {membership.enterprise_id for membership in memberships_of(actor)}
    allowed = {
        district: has_right(
            actor,
            Right.RECOGNISE,
            department_id=kind.lead_department_id,
            district_id=district,
        )
        for district in {place.district_id for place in places.values()}
    }
    for each in judged:
        place = places.get(each.enterprise_id or 0)
        if place is None:
            continue
        if place.id in own:
            each.find(
                Finding.REFUSED, _("You belong to this enterprise: another officer decides on it")
            )
        elif not allowed[place.district_id]:
            each.find(Finding.REFUSED, _("Another district’s officers record this enterprise"))


def judge_bans(kind: TitleKind, judged: list[Judged]) -> None:
    """Leave out firms the title was revoked for and that are barred on the day of granting."""
    bans = bans_of(kind.id, {each.enterprise_id for each in judged if each.enterprise_id})
    for each in judged:
        until = bans.get(each.enterprise_id or 0)
        if until is not None and each.facts.granted_on <= until:
            each.find(
                Finding.REFUSED,
                _(
                    "Revoked, not to be granted again until %(day)s",
                    day=until.isoformat(),
                ),
            )


def judge_against_record(kind: TitleKind, judged: list[Judged]) -> None:
    """Find what is on record already, and what contradicts it."""
    held = queries.titles_of_firms(
        kind.id, [each.enterprise_id for each in judged if each.enterprise_id]
    )
    revoked = revoked_titles(kind.id)
    numbered: dict[str, list[Title]] = defaultdict(list)
    for title in queries.titles_with_numbers(kind.id, [each.facts.number for each in judged]):
        numbered[title.number].append(title)
    for each in judged:
        others = numbered.get(each.facts.number, [])
        judge_number(each, [other for other in others if is_number_of(each.facts, other)])
        judge_held(each, held.get(each.enterprise_id or 0, []), revoked)


def is_number_of(facts: TitleFacts, title: Title) -> bool:
    """Say whether a title on record carries the number a row means."""
    same_list = (title.level, title.batch) == (facts.level, facts.batch)
    return same_list or rules.identifies_alone(facts.number)


def judge_number(each: Judged, others: Sequence[Title]) -> None:
    """Find the row's number on record: the same title, or another firm's."""
    for other in others:
        if other.enterprise_id == each.enterprise_id:
            each.find(Finding.KNOWN, _("On record already"))
        else:
            each.find(
                Finding.CONTRADICTORY,
                _(
                    "No. %(number)s is on record for %(name)s: compare it with the source",
                    number=other.number,
                    name=other.enterprise.name,
                ),
            )


def judge_held(each: Judged, held: Sequence[Title], revoked: set[int]) -> None:
    """Find a title of the firm that cannot stand beside what the row says."""
    facts = each.facts
    mine = (facts.valid_from or facts.granted_on, facts.valid_until)
    for title in held:
        if title.id in revoked:
            continue
        same = (title.level, title.subject) == (facts.level, facts.subject)
        if same and rules.is_duplicate((title.valid_from, title.valid_until), mine):
            each.find(
                Finding.CONTRADICTORY,
                _(
                    "On record with no. %(number)s from %(begin)s: compare both with the source",
                    number=title.number,
                    begin=title.valid_from.isoformat(),
                ),
            )


def judge_against_lists(kind: TitleKind, judged: list[Judged], list_id: int) -> None:
    """Find rows that wait from an earlier list, or that an officer settled as outside."""
    open_rows = [each for each in judged if each.finding in (Finding.LIKELY, Finding.UNMATCHED)]
    earlier = queries.earlier_rows(kind.id, list_id, [each.name_key for each in open_rows])
    outside = queries.codes_outside([each.read.uscc for each in open_rows if each.read.uscc])
    for each in open_rows:
        for row in earlier.get(each.name_key, []):
            if (row.number, row.batch) == (each.facts.number, each.facts.batch):
                each.find(Finding.KNOWN, earlier_words(row))
        if each.finding == Finding.UNMATCHED and each.read.uscc in outside:
            each.message = _("A record with this code exists but is not in the registry")


def earlier_words(row: OfficialListRow) -> str:
    """Return where a row stands already."""
    values = {"number": row.list_id, "row": row.row_no}
    if row.settled_as == Settled.OUTSIDE:
        return _("Settled as outside the registry: list no. %(number)d, row %(row)d", **values)
    return _("Waits already: list no. %(number)d, row %(row)d", **values)
