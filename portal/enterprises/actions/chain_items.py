"""Adding, correcting and ending what is made and needed: by members who edit, and by officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.presence import MOST, check_current, check_writer, differences
from portal.enterprises.actions.records import announce
from portal.enterprises.models import ChainItem, Enterprise
from portal.enterprises.queries.presence import items_of
from portal.enterprises.terms.presence import Way
from portal.errors import Refused
from portal.extensions import db
from portal.taxonomy.models import Term


@dataclass(frozen=True)
class Thing:
    """Something made or needed as it is entered."""

    way: Way
    name: str
    description: str = ""
    node: Term | None = None


@action
def add_item(actor: Person, enterprise: Enterprise, thing: Thing) -> ChainItem:
    """Add something the enterprise makes or needs. Raises NotAllowed, Refused."""
    by_office = check_writer(actor, enterprise)
    check_thing(items_of(enterprise), thing)
    item = keep_item(actor, enterprise, thing)
    changes = {str(thing.way): (None, thing.name)}
    audit.record(actor, f"add_{thing.way}", enterprise, changes, office=by_office)
    return item


@action
def edit_item(actor: Person, enterprise: Enterprise, item: ChainItem, thing: Thing) -> ChainItem:
    """Correct something made or needed, as `edit_site` does a place."""
    by_office = check_writer(actor, enterprise)
    check_current(item)
    check_thing([other for other in items_of(enterprise) if other is not item], thing)
    before = thing_of(item)
    if before == thing:
        return item
    item.ended_at = clock.now()
    follower = keep_item(actor, enterprise, thing, line_id=item.line_id or item.id)
    changes = differences(before, thing)
    audit.record(actor, f"edit_{thing.way}", enterprise, changes, office=by_office)
    return follower


@action
def end_item(actor: Person, enterprise: Enterprise, item: ChainItem) -> None:
    """Take something made or needed from the record. Raises NotAllowed, Refused."""
    by_office = check_writer(actor, enterprise)
    if item.ended_at is None:
        item.ended_at = clock.now()
        changes = {item.way: (item.name, None)}
        audit.record(actor, f"end_{item.way}", enterprise, changes, office=by_office)
        announce(enterprise)


def check_thing(others: Sequence[ChainItem], thing: Thing) -> None:
    """Raise Refused for one too many or one that is entered already."""
    standing = [item for item in others if item.way == thing.way]
    if len(standing) >= MOST:
        raise Refused(_("A record holds at most %(most)d of these", most=MOST))
    if any(item.name == thing.name for item in standing):
        raise Refused(_("This is entered already"), "name")


def keep_item(
    actor: Person, enterprise: Enterprise, thing: Thing, *, line_id: int | None = None
) -> ChainItem:
    """Add the row of something made or needed; the caller records why."""
    item = ChainItem(
        enterprise_id=enterprise.id,
        line_id=line_id,
        way=thing.way,
        name=thing.name,
        description=thing.description,
        node_id=thing.node.id if thing.node else None,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(item)
    announce(enterprise)
    return item


def thing_of(item: ChainItem) -> Thing:
    """Return something made or needed as it could be entered again."""
    return Thing(Way(item.way), item.name, item.description, item.node)
