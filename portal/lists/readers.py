"""Who may read the files of the lists."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.extensions import db
from portal.files import StoredFile, reader_of
from portal.lists.actions.unit_sheets import OWNER as SHEET
from portal.lists.models import (
    AddresseeUnit,
    BodyReply,
    Entry,
    EntrySheet,
    Release,
    SignOff,
    UnitSubmission,
)
from portal.lists.permits import may_oversee, may_record
from portal.lists.queries.attachments import OWNER_KIND
from portal.lists.queries.calls import CALL_FILES
from portal.lists.queries.documents import ISSUED_DOCUMENT
from portal.lists.queries.opinions import REPLY
from portal.lists.queries.own import may_enter_for, may_follow
from portal.lists.queries.sign_offs import SIGNED_PAPER
from portal.lists.queries.units import SCAN
from portal.lists.terms.entries import SENT

OFFICERS = frozenset({Right.CURATE_LISTS, Right.SIGN_LISTS, Right.AUDIT})


@reader_of(OWNER_KIND)
def may_read_attachment(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a file of an entry: whose entry it is, and once it is sent in
    the officers who read entries. The public's way to a published file is another."""
    entry = db.session.get(Entry, file.owner_id)
    if entry is None:
        return False
    if may_follow(person, entry):
        return True
    return entry.state in SENT and any(held.right in OFFICERS for held in rights_of(person))


@reader_of(SCAN)
def may_read_scan(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a stamped scan: the unit's officers, and who follows the
    edition."""
    found = db.session.get(UnitSubmission, file.owner_id)
    return found is not None and may_see(person, found.unit)


@reader_of(SHEET)
def may_read_sheet(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a filled template: the unit's officers."""
    found = db.session.get(EntrySheet, file.owner_id)
    return found is not None and may_enter_for(person, found.unit.department)


def may_see(person: Person, unit: AddresseeUnit) -> bool:
    """Say whether a person may see what a unit handed in."""
    return may_enter_for(person, unit.department) or may_oversee(person, unit.release.edition)


@reader_of(CALL_FILES)
def may_read_call_file(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read an attachment of a call beside the public: officers."""
    return any(held.right in OFFICERS for held in rights_of(person))


@reader_of(SIGNED_PAPER)
def may_read_signed_paper(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read the scan of a signed paper: who may record or confirm it, and
    auditors."""
    found = db.session.get(SignOff, file.owner_id)
    return found is not None and (
        may_record(person, found.release, found.department)
        or any(held.right == Right.AUDIT for held in rights_of(person))
    )


@reader_of(ISSUED_DOCUMENT)
def may_read_issued_document(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read the scanned document of a release on the officers' side; the
    public's way, once it is released, is another."""
    found = db.session.get(Release, file.owner_id)
    return found is not None and may_oversee(person, found.edition)


@reader_of(REPLY)
def may_read_reply(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a body's reply on paper: who follows the edition, and the
    body's own officers."""
    found = db.session.get(BodyReply, file.owner_id)
    return found is not None and (
        may_oversee(person, found.body.round.release.edition)
        or may_enter_for(person, found.body.department)
    )
