"""Which versions of the rules judge on a day, as the engine reads them. No request parses YAML:
a text is parsed once in a process and kept by its digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.classification import parsed_rules
from portal.classification.criteria.choosing import find_version
from portal.classification.criteria.library import SIZES
from portal.classification.criteria.nodes import Period, Version
from portal.classification.models.versions import RuleForce, RuleVersion
from portal.classification.terms.versions import Purpose
from portal.errors import NotFound
from portal.extensions import db


@dataclass(frozen=True)
class InForce:
    """A version that was put in force: its row's id, the digest of its text, and the version as
    the engine reads it, with the dates that hold now in place of those its file states."""

    id: int
    slug: str
    digest: str
    version: Version


def versions_put_in_force(known_at: datetime | None = None) -> list[InForce]:
    """Return every version that ever judges, earlier first within a series, as known at a moment
    (by default now)."""
    statement = (
        select(RuleForce)
        .join(RuleForce.rule_version)
        .options(joinedload(RuleForce.rule_version))
        .order_by(RuleVersion.series, RuleForce.effective_from, RuleVersion.id)
    )
    if known_at is None:
        statement = statement.where(RuleForce.superseded_at.is_(None))
    else:
        statement = statement.where(
            RuleForce.recorded_at <= known_at,
            or_(RuleForce.superseded_at.is_(None), RuleForce.superseded_at > known_at),
        )
    rows = db.session.scalars(statement).all()
    read_texts([row.rule_version for row in rows])
    return [as_held(row) for row in rows]


def versions_in_force(on: date, purpose: Purpose = Purpose.APPLICATION) -> list[InForce]:
    """Return the version of each series that judges on a day; the size table is among them."""
    every = versions_put_in_force()
    series = dict.fromkeys(one.version.series for one in every)
    found = (chosen(every, name, on, purpose) for name in series)
    return [one for one in found if one is not None]


def find_version_for(
    class_slug: str, on: date, purpose: Purpose = Purpose.APPLICATION
) -> InForce | None:
    """Return the version that judges a series, or else a title, on a day; None when none does.

    A title may have several series (a study's screen beside a list): then the first that is not
    indicative. A re-check is judged by a version that is kept for re-checks on that day, where
    there is one.
    """
    every = versions_put_in_force()
    if any(one.version.series == class_slug for one in every):
        return chosen(every, class_slug, on, purpose)
    of_title = [one for one in versions_in_force(on, purpose) if one.version.title == class_slug]
    return min(of_title, key=lambda one: one.version.indicative, default=None)


def sizes_on(on: date) -> Version | None:
    """Return the table of sizes in force on a day."""
    found = chosen(versions_put_in_force(), SIZES, on, Purpose.APPLICATION)
    return found.version if found else None


def chosen(every: Iterable[InForce], series: str, on: date, purpose: Purpose) -> InForce | None:
    """Return which of these judges a series on a day."""
    by_id = {one.version.id: one for one in every}
    versions = (one.version for one in by_id.values())
    found = find_version(versions, series, on, purpose == Purpose.RECHECK)
    return by_id[found.id] if found else None


def as_held(row: RuleForce) -> InForce:
    """Return a version with the dates that hold."""
    rules = row.rule_version
    recheck = Period(row.recheck_from, row.recheck_until) if row.recheck_from else None
    version = replace(
        parsed_rules.known(rules.digest),
        in_force=Period(row.effective_from, row.effective_until),
        recheck=recheck,
    )
    return InForce(rules.id, rules.slug, rules.digest, version)


def read_texts(rows: Sequence[RuleVersion]) -> None:
    """Parse what this process has not read yet; one statement, none when all is known."""
    unread = [row.id for row in rows if not parsed_rules.is_parsed(row.digest)]
    if not unread:
        return
    statement = select(RuleVersion.digest, RuleVersion.slug, RuleVersion.text)
    for digest, slug, text in db.session.execute(statement.where(RuleVersion.id.in_(unread))):
        parsed_rules.parsed(digest, slug, text)


def find_rule_version(slug: str) -> RuleVersion | None:
    """Return the row of a version, whatever its state."""
    statement = select(RuleVersion).options(joinedload(RuleVersion.title_kind))
    return db.session.scalar(statement.where(RuleVersion.slug == slug))


def get_rule_version(slug: str) -> RuleVersion:
    """Return the row of a version; raises NotFound."""
    found = find_rule_version(slug)
    if found is None:
        raise NotFound
    return found


def forces_of_series(series: str) -> list[RuleForce]:
    """Return the dates that hold of a series' versions, earlier first."""
    statement = (
        select(RuleForce)
        .join(RuleForce.rule_version)
        .options(joinedload(RuleForce.rule_version))
        .where(RuleVersion.series == series, RuleForce.superseded_at.is_(None))
        .order_by(RuleForce.effective_from, RuleForce.id)
    )
    return list(db.session.scalars(statement))


def digests() -> dict[str, str]:
    """Return the digest of every version by its slug."""
    rows = db.session.execute(select(RuleVersion.slug, RuleVersion.digest))
    return {slug: digest for slug, digest in rows}  # noqa: C416 - rows are not yet typed as pairs
