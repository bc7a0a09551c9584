"""Putting rule versions in force: by hand of two officers, or from the fixtures."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal import audit, clock
from portal.audit import SYSTEM, Actor
from portal.classification import parsed_rules
from portal.classification.criteria.nodes import Period, Version
from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleForce, RuleVersion
from portal.classification.permits import office_of
from portal.classification.queries import versions as queries
from portal.classification.queries.version_pages import placed_of
from portal.classification.rules import versions as rules
from portal.classification.terms.versions import VersionState
from portal.database import action
from portal.errors import Refused
from portal.extensions import db


@action
def load_version(slug: str, text: str) -> None:
    """Load a version of the fixtures and put it in force; the same text again changes nothing.

    A later text that differs in nothing but an end is taken as that end. Raises Refused for any
    other change of a version that is kept, and for dates that overlap; RuleFileError.
    """
    kept = queries.find_rule_version(slug)
    if kept is None:
        version = parsed_rules.parsed(parsed_rules.digest_of(text), slug, text)
        row = add_version(SYSTEM, version, text)
        row.state = VersionState.IN_FORCE
        put_in_force(SYSTEM, row, version)
    elif kept.digest != parsed_rules.digest_of(text):
        take_over_end(kept, text)


def take_over_end(kept: RuleVersion, text: str) -> None:
    """End an open version where its file now says so; raises Refused for any other change."""
    if kept.state != VersionState.IN_FORCE or not rules.only_ends(kept.text, text):
        raise Refused(
            _(
                "%(slug)s is on record with another text: a change of rules is a new version with"
                " an id of its own",
                slug=kept.slug,
            )
        )
    version = parsed_rules.parsed(parsed_rules.digest_of(text), kept.slug, text)
    held = next(row for row in queries.forces_of_series(kept.series) if row.rule_version is kept)
    if held.effective_until is None and version.in_force.end is not None:
        end(SYSTEM, held, version.in_force.end, None)


def add_version(actor: Actor, version: Version, text: str) -> RuleVersion:
    """Add the row of a version with what its file says of itself; raises Refused."""
    now = clock.now()
    row = RuleVersion(
        created_at=now, created_by_id=actor.actor_id, changed_at=now, **facts_of(version, text)
    )
    db.session.add(row)
    db.session.flush()
    return row


def facts_of(version: Version, text: str) -> dict[str, Any]:
    """Return the columns that repeat what a file says of itself; raises Refused."""
    source = version.documents[0]
    return {
        "slug": version.id,
        "series": version.series,
        "title_kind_id": title_kind_id(version.title),
        "name_zh": version.said.zh,
        "name_en": version.said.en,
        "text": text,
        "digest": parsed_rules.digest_of(text),
        "effective_from": version.in_force.begin,
        "effective_until": version.in_force.end,
        "source_title": source.title,
        "source_number": source.number,
        "source_url": source.url,
        "confidence": version.confidence,
        "indicative": version.indicative,
    }


def title_kind_id(slug: str | None) -> int | None:
    """Return the id of the title a version judges, None for none; raises Refused."""
    if slug is None:
        return None
    found = db.session.scalar(select(TitleKind.id).where(TitleKind.slug == slug))
    if found is None:
        raise Refused(_("There is no title “%(slug)s”", slug=slug), "text")
    return found


def put_in_force(actor: Actor, row: RuleVersion, version: Version) -> None:
    """Let a version judge from its first day on, and end the open one before it; raises Refused
    for dates that overlap."""
    others = queries.forces_of_series(row.series)
    new = rules.placed(version)
    held = {other.rule_version.slug: placed_of(other) for other in others}
    in_the_way = rules.find_in_the_way(new, held.values())
    if in_the_way is not None:
        raise Refused(_("The dates overlap with those of %(other)s", other=in_the_way.slug), "text")
    ended = rules.find_ended(new, held.values())
    if ended is not None:
        before = next(one for one in others if one.rule_version.slug == ended[0].slug)
        end(actor, before, ended[1], row)
    add_force(actor, row, new.period, new.recheck)
    changes = {"effective_from": (None, new.period.begin), "digest": (None, row.digest)}
    office = office_of(row.title_kind) if row.title_kind and actor is not SYSTEM else ""
    audit.record(actor, "put_version_in_force", row, changes, note=row.proposal, office=office)


def add_force(actor: Actor, row: RuleVersion, period: Period, recheck: Period | None) -> None:
    """Add the dates on which a version judges."""
    db.session.add(
        RuleForce(
            rule_version=row,
            effective_from=period.begin,
            effective_until=period.end,
            recheck_from=recheck.begin if recheck else None,
            recheck_until=recheck.end if recheck else None,
            recorded_at=clock.now(),
            recorded_by_id=actor.actor_id,
        )
    )
    db.session.flush()


def end(actor: Actor, held: RuleForce, last: date, by: RuleVersion | None) -> None:
    """End a version on its last day; what was known before stays told."""
    dates = placed_of(held)
    held.superseded_at = clock.now()
    held.ended_by_id = by.id if by else None
    db.session.flush()
    add_force(actor, held.rule_version, Period(held.effective_from, last), dates.recheck)
    changes = {"effective_until": (held.effective_until, last)}
    audit.record(actor, "end_version", held.rule_version, changes)
