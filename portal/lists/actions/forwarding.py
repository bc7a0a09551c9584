"""A unit forwards what the enterprises located with it sent in, with its opinion."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.entries import check_entry_version
from portal.lists.actions.submissions import check_acting
from portal.lists.models import AddresseeUnit, Entry, EntryForwarding
from portal.lists.permits import is_impartial
from portal.lists.queries.forwarding import opinions_of
from portal.lists.rules.units import check_no_nil, check_opinion
from portal.lists.terms.entries import UNDECIDED


@action
def forward(
    actor: Person,
    unit: AddresseeUnit,
    entry: Entry,
    version: int,
    *,
    supported: bool,
    ground: str,
) -> EntryForwarding:
    """Forward an entry with the unit's opinion; a later one replaces it, both are kept.

    Raises NotAllowed, ChangedSinceOpened, Refused: after the end, once the curators decided.
    """
    check_acting(actor, unit)
    check_entry_version(entry, version)
    if not is_impartial(actor, entry):
        raise NotAllowed(_("You belong to this enterprise: another officer forwards its entry"))
    if entry.state not in UNDECIDED:
        raise Refused(_("The curators have decided on this entry: the opinion stands as it is"))
    check_opinion(supported=supported, ground=ground.strip())
    if supported:
        check_no_nil(unit.sent)
    before = opinions_of(unit, [entry]).get(entry.id)
    if before is not None:
        before.replaced_at = clock.now()
        db.session.flush()
    forwarding = EntryForwarding(
        entry_id=entry.id,
        unit_id=unit.id,
        supported=supported,
        ground=ground.strip(),
        forwarded_at=clock.now(),
        forwarded_by_id=actor.id,
    )
    db.session.add(forwarding)
    audit.record(
        actor,
        "forward_entry",
        entry,
        {"supported": (before.supported if before else None, supported)},
        note=ground.strip(),
        office=unit.department.name_zh,
    )
    return forwarding
