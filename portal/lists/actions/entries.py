"""What members and departments do: start an entry, save it, send it in, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock, outbox
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.models import Enterprise
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.actions.attachments import keep_files
from portal.lists.actions.named_contacts import end_contacts
from portal.lists.content import publisher_kind
from portal.lists.facts import differences, facts_of, for_trail, own_fields
from portal.lists.models import Entry, EntrySubtype, Release
from portal.lists.permits import check_department, check_member, check_sender
from portal.lists.public_texts import giving_away
from portal.lists.queries.calls import addresses_enterprises, takes_entries
from portal.lists.queries.entries import changed_since
from portal.lists.queries.own import count_drafts, find_blank_draft
from portal.lists.queries.units import find_unit
from portal.lists.rules.anonymity import continuing_faults
from portal.lists.rules.details import read_details
from portal.lists.rules.entries import check_entry_step, length_faults, missing_faults, time_faults
from portal.lists.rules.releases import check_changeable
from portal.lists.terms.entries import EDITABLE, OVER, EntryState
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.taxonomy.models import Department

MOST_DRAFTS = 50


class Incomplete(Refused):
    """The entry cannot be sent yet; `faults` say at which field what is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(_("Some items are still to be completed or corrected"))
        self.faults = faults


@action
def start_entry(
    actor: Person,
    release: Release,
    subtype: EntrySubtype,
    *,
    enterprise: Enterprise | None = None,
    department: Department | None = None,
) -> Entry:
    """Open a draft of an enterprise, or else of a department, and return it; one just begun in
    which nothing is written yet is that draft.

    Office and landline are taken over from the publisher. Raises NotAllowed, Refused.
    """
    if enterprise is not None:
        check_member(actor, enterprise)
    else:
        check_department(actor, department)
    check_takes_entries(release, enterprise)
    if subtype.kind != release.edition.kind:
        raise Refused(_("Entries of this kind belong to another list"), "subtype")
    if blank := find_blank_draft(actor, release, subtype, enterprise, department):
        return blank
    if count_drafts(actor) >= MOST_DRAFTS:
        raise Refused(_("You have %(count)d drafts: complete one first", count=MOST_DRAFTS))
    entry = new_draft(actor, release, subtype, enterprise=enterprise, department=department)
    audit.record(actor, "start_entry", entry)
    return entry


def new_draft(
    actor: Person,
    release: Release,
    subtype: EntrySubtype,
    *,
    enterprise: Enterprise | None = None,
    department: Department | None = None,
) -> Entry:
    """Add an empty draft; the caller has checked that it may begin, and writes the trail."""
    moment = clock.now()
    entry = Entry(
        release=release,
        subtype=subtype,
        enterprise=enterprise,
        department=None if enterprise else department,
        office=contact(enterprise, department)[0],
        landline=contact(enterprise, department)[1],
        created_by_id=actor.id,
        created_at=moment,
        updated_at=moment,
        leads=[],
        cooperating=[],
        details={},
        title="",
        provider_name="",
    )
    entry.publisher_kind = publisher_kind(entry)
    db.session.add(entry)
    return entry


def contact(enterprise: Enterprise | None, department: Department | None) -> tuple[str, str]:
    """Return office and landline the publisher shows to the outside."""
    if enterprise is not None:
        return enterprise.office, enterprise.landline
    return (department.office_zh, department.landline) if department else ("", "")


def check_takes_entries(release: Release, enterprise: Enterprise | None) -> None:
    """Raise Refused unless new entries may come in: from enterprises while the call is open,
    from public bodies until the content is fixed for signing."""
    if enterprise is None:
        check_changeable(release.state)
    elif not takes_entries(release):
        raise Refused(why_not_taken(release))
    elif not addresses_enterprises(release):
        raise Refused(_("The call for this list does not address enterprises"))


def why_not_taken(release: Release) -> str:
    """Return the sentence that says why no entry is taken."""
    ended = release.call_closes_on
    if ended is not None and ended < clock.today():
        return _(
            "The call for this list ended on %(day)s: what is written is kept but cannot be sent"
            " in, unless the call is extended",
            day=ended.isoformat(),
        )
    return _("The call for this list is not open: entries cannot be sent in")


def check_takes_this(entry: Entry) -> None:
    """Raise Refused unless this entry may still be written; a returned one may until signing."""
    if entry.state == EntryState.RETURNED:
        check_changeable(entry.release.state)
    else:
        check_takes_entries(entry.release, entry.enterprise)


@action
def save_entry(
    actor: Person,
    entry: Entry,
    values: Mapping[str, Any],
    version: int,
    uploads: Mapping[str, Received] | None = None,
) -> None:
    """Keep what was written: own fields by name (terms as rows, bodies as slugs), `details` and
    `uploads` by key. Fields left out of `values`, and details left out, stay as they are.

    What others saved meanwhile elsewhere in the entry stays; raises ChangedSinceOpened where it
    meets what is written now, Incomplete for details that cannot be read, NotAllowed, Refused.
    """
    check_sender(actor, entry)
    check_entry_version(entry, version, written_by(values, uploads or {}))
    if entry.state not in EDITABLE:
        raise Refused(_("This entry has been sent in: it cannot be edited unless it is returned"))
    check_takes_this(entry)
    given = entry.details | dict(values.get("details", {}))
    details, faults = read_details(entry.subtype.fields, given, complete=False)
    faults = {DETAIL_PREFIX + key: said for key, said in faults.items()} | length_faults(values)
    if faults:
        raise Incomplete(faults)
    before = facts_of(entry)
    for name in own_fields(entry):
        if name in values:
            setattr(entry, name, values[name])
    entry.details = details
    entry.details = details | keep_files(actor, entry, uploads or {})
    note_changes(actor, entry, before)


def written_by(values: Mapping[str, Any], uploads: Mapping[str, Received]) -> set[str]:
    """Return the names of the fields that are written."""
    details = {DETAIL_PREFIX + key for key in [*values.get("details", {}), *uploads]}
    return details | (values.keys() - {"details"})


def note_changes(actor: Person, entry: Entry, before: Mapping[str, Any]) -> None:
    """Write the trail of a saving that changed something."""
    after = facts_of(entry)
    changed = differences(before, after)
    if not changed:
        return
    entry.publisher_kind = publisher_kind(entry)
    entry.updated_at = clock.now()
    if entry.anonymous and "anonymous" in changed:
        end_contacts(actor, entry)
    changes: dict[str, Any] = {
        name: (for_trail(before.get(name)), for_trail(after.get(name)))
        for name in after
        if name in changed
    }
    changes["version"] = (entry.version, entry.version + 1)
    audit.record(actor, "save_entry", entry, changes)


@action
def submit_entry(actor: Person, entry: Entry, version: int) -> None:
    """Send a complete entry in for selection; sending the same one twice changes nothing.

    Raises Incomplete with a message per field, ChangedSinceOpened, NotAllowed, Refused.
    """
    check_sender(actor, entry)
    if entry.state == EntryState.SUBMITTED:
        return
    check_entry_version(entry, version)
    check_entry_step(entry.state, EntryState.SUBMITTED)
    if entry.state not in EDITABLE:
        raise Refused(_("This entry has been decided on: it cannot be sent in again"))
    check_takes_this(entry)
    check_goes_alone(entry)
    faults = faults_of(entry)
    if faults:
        raise Incomplete(faults)
    change_entry(actor, entry, EntryState.SUBMITTED, "submit_entry")
    entry.submitted_at, entry.submitted_by_id = clock.now(), actor.id


def check_goes_alone(entry: Entry) -> None:
    """Raise Refused for a draft of a body the call is addressed to: its entries are handed in
    together; what the curators returned goes back by itself."""
    if entry.state == EntryState.DRAFT and find_unit(entry.release_id, entry.department_id):
        raise Refused(_("The entries of this body are handed in together: open its submission"))


def faults_of(entry: Entry) -> dict[str, str]:
    """Return what keeps an entry from being sent in, a message per field."""
    names = own_fields(entry)
    own = {name: getattr(entry, name) for name in names}
    _details, faults = read_details(entry.subtype.fields, entry.details, complete=True)
    found = missing_faults(own) | time_faults(entry.subtype.kind, own) | anonymity_faults(entry)
    return found | {DETAIL_PREFIX + key: said for key, said in faults.items()}


def anonymity_faults(entry: Entry) -> dict[str, str]:
    """Return where an entry that is to stand without name would give its publisher away."""
    before = entry.continues.anonymous if entry.continues else None
    return continuing_faults(anonymous=entry.anonymous, before=before) | giving_away(entry)


@action
def withdraw_entry(actor: Person, entry: Entry, version: int) -> None:
    """Take an entry back before it is decided on; it is kept, and shown as withdrawn."""
    check_sender(actor, entry)
    if entry.state == EntryState.WITHDRAWN:
        return
    check_entry_version(entry, version)
    check_entry_step(entry.state, EntryState.WITHDRAWN)
    change_entry(actor, entry, EntryState.WITHDRAWN, "withdraw_entry")


def change_entry(
    actor: audit.Actor, entry: Entry, wanted: EntryState, act: str, note: str = "", office: str = ""
) -> None:
    """Move an entry on and write the trail."""
    changes = {
        "state": (entry.state, wanted),
        "version": (entry.version, entry.version + 1),
    }
    audit.record(actor, act, entry, changes, note=note, office=office)
    entry.state = wanted
    entry.updated_at = clock.now()
    if wanted in OVER:
        end_contacts(actor, entry)


def check_entry_version(entry: Entry, version: int, written: Set[str] | None = None) -> None:
    """Raise ChangedSinceOpened with the changed fields when the form is out of date; where only
    some fields are `written`, changes to others do no harm."""
    if entry.version == version:
        return
    changes = changed_since(entry, version)
    if written is not None and changes and not {*written, "state"} & set(changes):
        return
    raise ChangedSinceOpened(
        _("This entry was changed since you opened it: compare and repeat"), changes
    )


def announce(entry: Entry) -> None:
    """Owe the search index this entry's present state."""
    outbox.send("search", key=f"entry:{entry.id}")
