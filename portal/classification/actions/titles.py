"""Recording titles granted elsewhere, correcting and withdrawing what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.audit import Actor
from portal.classification.actions.carrying import carry_over
from portal.classification.actions.claims import settle_claims
from portal.classification.models.titles import Title, TitleKind
from portal.classification.permits import check_recorder, office_of
from portal.classification.queries import titles as queries
from portal.classification.queries.standing import bans_of, find_open, interruptions_of
from portal.classification.rules import titles as rules
from portal.classification.rules.titles import TitleFacts
from portal.classification.terms.titles import EXPIRING_DAYS, TITLE_FIELDS, Standing
from portal.database import action, put
from portal.enterprises.actions.records import announce
from portal.enterprises.models import Enterprise
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db


@action
def put_title_kind(slug: str, **facts: Any) -> TitleKind:
    """Add or update one kind of title and return it; `facts` are its other columns."""
    return put(TitleKind, {"slug": slug}, **facts)


@action
def record_title(
    actor: Person, enterprise: Enterprise, kind: TitleKind, facts: TitleFacts
) -> Title:
    """Record a title that the province or the nation granted, checked against its source.

    Raises NotAllowed without the right for the kind's lead department or for one's own
    enterprise; Refused for the city's own titles, outside the registry, for facts that cannot
    be right and for duplicates, naming the other.
    """
    check_recorder(actor, enterprise, kind)
    check_granted_elsewhere(kind)
    if not enterprise.is_public:
        raise Refused(_("Titles are recorded for enterprises in the registry only"))
    title = enter(actor, enterprise, kind, facts, act="record_title")
    settle_claims(actor, title)
    return title


@action
def take_over_title(
    actor: Actor, enterprise: Enterprise, kind: TitleKind, facts: TitleFacts
) -> Title:
    """Enter one of the city's own titles granted before the portal; for fixtures, not forms."""
    return enter(actor, enterprise, kind, facts, act="take_over_title")


@action
def correct_title(
    actor: Person, title: Title, version: int, ground: str, facts: TitleFacts
) -> Title:
    """Replace what was recorded by what the source says; what was known before stays told.

    Raises NotAllowed, Refused also when nothing differs, ChangedSinceOpened.
    """
    check_recorder(actor, title.enterprise, title.kind)
    check_granted_elsewhere(title.kind)
    check_version(title, version)
    check_nothing_asked(title)
    rules.check_ground(ground)
    facts = rules.completed(facts, title.kind.levels, title.kind.validity_months)
    changes = changes_between(title, facts)
    if not changes:
        raise Refused(_("Nothing was changed: correct at least one item"))
    supersede(actor, title, ground)
    return enter(
        actor,
        title.enterprise,
        title.kind,
        facts,
        act="correct_title",
        corrects=title,
        changes=changes,
    )


@action
def withdraw_title(actor: Person, title: Title, version: int, ground: str) -> None:
    """Take back a title that was recorded in error; the record itself is kept.

    Raises NotAllowed, Refused without a ground, ChangedSinceOpened.
    """
    check_recorder(actor, title.enterprise, title.kind)
    check_granted_elsewhere(title.kind)
    check_version(title, version)
    check_nothing_asked(title)
    rules.check_ground(ground)
    supersede(actor, title, ground)
    audit.record(
        actor,
        "withdraw_title",
        title,
        {"version": (version, version + 1)},
        note=title.superseded_ground,
        office=office_of(title.kind),
    )
    announce(title.enterprise)


def check_granted_elsewhere(kind: TitleKind) -> None:
    """Raise Refused for the city's own titles: they are granted on application."""
    if kind.granted_here:
        raise Refused(
            _("The city grants this title itself, on application: it is not recorded from a list")
        )


def check_version(title: Title, version: int) -> None:
    """Raise ChangedSinceOpened when the row is no longer the one the form was opened on."""
    if title.superseded_at is not None or title.version != version:
        raise ChangedSinceOpened(
            _("This title was corrected or withdrawn since you opened it: open it again")
        )


def check_nothing_asked(title: Title) -> None:
    """Raise Refused while a suspension or the like waits for its second officer."""
    if find_open(title.id) is not None:
        raise Refused(
            _("A request for this title waits for its decision: it must be decided first")
        )


def enter(
    actor: Actor,
    enterprise: Enterprise,
    kind: TitleKind,
    facts: TitleFacts,
    *,
    act: str,
    corrects: Title | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Title:
    """Check the facts and add the row; raises Refused."""
    facts = rules.completed(facts, kind.levels, kind.validity_months)
    rules.check_facts(facts, kind.levels, clock.today())
    check_free(enterprise, kind, facts)
    title = Title(
        enterprise=enterprise,
        kind=kind,
        recorded_at=clock.now(),
        recorded_by_id=actor.actor_id,
        corrects_id=corrects.id if corrects else None,
        **asdict(facts),
    )
    db.session.add(title)
    audit.record(
        actor,
        act,
        title,
        changes or {name: (None, value) for name, value in asdict(facts).items() if value},
        note=corrects.superseded_ground if corrects else "",
        office=office_of(kind),
    )
    announce(enterprise)
    db.session.flush()
    if corrects is not None:
        carry_over(corrects, title)
    return title


def check_free(enterprise: Enterprise, kind: TitleKind, facts: TitleFacts) -> None:
    """Raise Refused when the number is another's, or the enterprise holds the title already."""
    for other in queries.with_number(kind, facts.number):
        same_list = (other.level, other.batch) == (facts.level, facts.batch)
        if same_list or rules.identifies_alone(facts.number):
            raise Refused(
                _(
                    "No. %(number)s is on record for %(name)s: compare it with the source",
                    number=facts.number,
                    name=other.enterprise.name,
                ),
                "number",
            )
    begin = facts.valid_from or facts.granted_on
    check_not_barred(facts, bans_of(kind.id, [enterprise.id]).get(enterprise.id))
    for held in queries.same_title(enterprise, kind, facts.level, facts.subject):
        if is_revoked(held, begin):
            continue
        if rules.is_duplicate((held.valid_from, held.valid_until), (begin, facts.valid_until)):
            raise Refused(held_words(held), "valid_from")


def check_not_barred(facts: TitleFacts, until: date | None) -> None:
    """Raise Refused for a title granted while a revocation bars the enterprise."""
    if until is not None and facts.granted_on <= until:
        raise Refused(
            _(
                "The title was revoked and is not to be granted again until %(day)s: check the"
                " date with the source",
                day=until.isoformat(),
            ),
            "granted_on",
        )


def is_revoked(title: Title, on: date) -> bool:
    """Say whether a title is revoked on a day and stands in nobody's way."""
    return queries.held_on(title, on, interruptions_of([title.id]).get(title.id, [])).standing == (
        Standing.REVOKED
    )


def held_words(held: Title) -> str:
    """Return the sentence that names the title standing in the way."""
    words: str = _(
        "The enterprise holds this title already, no. %(number)s from %(begin)s: correct that one",
        number=held.number,
        begin=held.valid_from.isoformat(),
    )
    if held.valid_until is not None:
        words = _(
            "The enterprise holds this title already, no. %(number)s from %(begin)s to %(end)s:"
            " correct that one, or record a renewal that begins in its last %(days)d days",
            number=held.number,
            begin=held.valid_from.isoformat(),
            end=held.valid_until.isoformat(),
            days=EXPIRING_DAYS,
        )
    return words


def supersede(actor: Person, title: Title, ground: str, *, flush: bool = True) -> None:
    """End what is known: the row stays as it was, no longer in force from this moment."""
    title.superseded_at = clock.now()
    title.superseded_by_id = actor.id
    title.superseded_ground = ground.strip()
    if flush:  # its number is free before the row that corrects it takes it
        db.session.flush()


def changes_between(title: Title, facts: TitleFacts) -> dict[str, tuple[Any, Any]]:
    """Return (before, after) of every field that differs."""
    after = asdict(facts)
    return {
        name: (getattr(title, name), after[name])
        for name in TITLE_FIELDS
        if getattr(title, name) != after[name]
    }
