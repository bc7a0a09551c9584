"""Carrying a published entry on into a later year (续)."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.lists.actions.entries import start_entry
from portal.lists.actions.life import take_step
from portal.lists.facts import own_fields
from portal.lists.models import Entry, Release
from portal.lists.queries.continuing import find_continuation, may_carry_on
from portal.lists.terms.entries import Life
from portal.lists.terms.fields import FieldType
from portal.lists.terms.ledger import UNDER_WAY, NotedAs

ANEW = {"opens_on", "closes_on"}  # what is said anew each year


@action
def continue_entry(actor: Person, entry: Entry, release: Release | None) -> Entry:
    """Open a draft in the open call of a later year that carries a published entry on.

    Words and figures are taken over, dates and files are given anew. Doing it twice leads to the
    same draft. Raises NotAllowed, Refused.
    """
    begun = find_continuation(entry)
    if begun is not None:
        return begun
    if release is None or not may_carry_on(entry, release):
        raise Refused(_("No call of a later year is open for this list: it cannot be carried on"))
    draft = start_entry(
        actor, release, entry.subtype, enterprise=entry.enterprise, department=entry.department
    )
    for name in own_fields(entry):
        if name not in ANEW:
            setattr(draft, name, getattr(entry, name))
    files = {field["key"] for field in entry.subtype.fields if field["type"] == FieldType.FILE}
    draft.details = {key: value for key, value in entry.details.items() if key not in files}
    draft.continues_id = entry.id
    audit.record(actor, "continue_entry", draft, {"continues": (None, entry.number)})
    return draft


def settle_continued(actor: audit.Actor, entry: Entry) -> None:
    """Let the entry that a published one carries on have come to just that."""
    old = entry.continues
    if old is not None and old.life in {*UNDER_WAY, Life.EXPIRED}:
        take_step(actor, old, NotedAs.PORTAL, Life.CONTINUED, str(entry.number))
