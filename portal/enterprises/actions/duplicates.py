"""Finding pairs of records that may be one enterprise, and dismissing those that are two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select, update

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.database import action
from portal.enterprises import names
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.models import Enterprise, EnterpriseName, LikelyPair
from portal.enterprises.rules.likeness import WEIGHTS, Known, Why, likely_pairs
from portal.enterprises.terms.record import TAKES_THE_CODE
from portal.errors import Refused
from portal.extensions import db

MOST_PAIRS = 5000  # kept at once, the likeliest first
Found = Mapping[tuple[int, int], set[Why]]


def find_duplicates() -> int:
    """Compare all records and keep the likely pairs; return how many. For the worker, nightly."""
    refresh_keys()
    records, called = known_records()
    db.session.rollback()  # nothing is read while comparing
    found = likely_pairs(records)
    weighed = sorted(found, key=lambda pair: (-weight(found[pair]), pair))[:MOST_PAIRS]
    keep_pairs({pair: found[pair] for pair in weighed}, called)
    return len(weighed)


@action
def refresh_keys() -> None:
    """Bring the keys of names to what the city's words say now, as after these were changed."""
    rows = db.session.execute(select(Enterprise.id, Enterprise.name, Enterprise.name_key)).all()
    stale = [
        {"number": row.id, "key": key}
        for row in rows
        if (key := names.name_key(row.name)) != row.name_key
    ]
    if stale:
        db.session.connection().execute(
            update(Enterprise.__table__)  # type: ignore[arg-type]
            .where(Enterprise.__table__.c.id == bindparam("number"))
            .values(name_key=bindparam("key")),
            stale,
        )


def known_records() -> tuple[list[Known], dict[int, str]]:
    """Return what is compared of every record that holds its code, and the names by id."""
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.landline,
            Enterprise.website,
        )
        .where(Enterprise.state.in_(TAKES_THE_CODE))
        .execution_options(yield_per=1000)
    )
    former = former_names()
    records, called = [], {}
    for row in rows:
        name = names.normal(row.name)
        called[row.id] = name.full
        records.append(
            Known(
                row.id,
                name.full,
                name.core,
                tuple(names.normal(past).full for past in former.get(row.id, ())),
                figures(row.landline),
                host(row.website),
            )
        )
    return records, called


def former_names() -> dict[int, list[str]]:
    """Return the former names of every record that has any, by its id."""
    found: dict[int, list[str]] = {}
    kept = select(EnterpriseName.enterprise_id, EnterpriseName.name).order_by(EnterpriseName.id)
    for row in db.session.execute(kept):
        found.setdefault(row.enterprise_id, []).append(row.name)
    return found


def figures(landline: str) -> str:
    """Return the figures of a landline, '' for too few to say anything."""
    found = re.sub(r"\D", "", landline)
    return found if len(found) >= 7 else ""


def host(website: str) -> str:
    """Return the host of a web address, '' when it has none."""
    return (urlsplit(website).hostname or "").removeprefix("www.") if website else ""


def weight(reasons: set[Why]) -> int:
    """Return how much speaks for a pair being one."""
    return sum(WEIGHTS[why] for why in reasons)


@action
def keep_pairs(found: Found, called: Mapping[int, str]) -> None:
    """Bring the kept pairs to what was found; a dismissed one stays so while its names stay."""
    kept = {
        (pair.first_id, pair.second_id): pair for pair in db.session.scalars(select(LikelyPair))
    }
    for ids, reasons in found.items():
        both = " / ".join(called[number] for number in ids)[:250]
        pair = kept.pop(ids, None)
        if pair is None:
            pair = LikelyPair(first_id=ids[0], second_id=ids[1], found_at=clock.now(), names=both)
            db.session.add(pair)
        elif pair.names != both:
            pair.names, pair.found_at, pair.dismissed_at = both, clock.now(), None
        pair.reasons = sorted(reasons, key=lambda why: -WEIGHTS[why])
        pair.weight = weight(reasons)
    gone = [pair.id for pair in kept.values() if pair.dismissed_at is None]
    for start in range(0, len(gone), 500):
        db.session.execute(delete(LikelyPair).where(LikelyPair.id.in_(gone[start : start + 500])))


@action
def dismiss_pair(actor: Person, pair: LikelyPair, ground: str) -> None:
    """Say with a ground that the two are two. Raises NotAllowed, Refused."""
    check_pair(actor, pair)
    if pair.dismissed_at is not None:
        raise Refused(_("This pair has been dismissed already"))
    if not ground.strip():
        raise Refused(_("Say why these are two enterprises"), "ground")
    office = office_of(actor, Right.REVIEW_ENTERPRISES)
    pair.dismissed_at, pair.dismissed_by_id = clock.now(), actor.id
    pair.dismissed_for = office.name_zh if office else ""
    pair.ground = ground.strip()
    both = {"records": (None, f"{pair.first_id}, {pair.second_id}")}
    audit.record(actor, "dismiss_pair", pair, both, note=pair.ground, office=pair.dismissed_for)


def check_pair(actor: Person, pair: LikelyPair) -> None:
    """Raise NotAllowed unless the actor reviews both records and belongs to neither."""
    check_reviewer(actor, pair.first)
    check_reviewer(actor, pair.second)
