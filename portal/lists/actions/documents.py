"""Keeping the scanned document a release was issued with (成文扫描件)."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.files import Received
from portal.lists.actions.editions import check_release_version
from portal.lists.models import Release
from portal.lists.permits import check_curator
from portal.lists.queries.documents import ISSUED_DOCUMENT, issued_documents
from portal.lists.terms.editions import EditionState

CLOSED = frozenset({EditionState.CANCELLED, EditionState.WITHDRAWN})


@action
def keep_issued_document(
    actor: Person, release: Release, version: int, scan: Received | None
) -> None:
    """Keep the scan; the one before goes, its hash stays on record. The public may read it with
    the release, never before. Call it inside `files.receiving`.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, release.edition)
    check_release_version(release, version)
    if release.state in CLOSED:
        raise Refused(_("This release was cancelled or withdrawn: no document belongs to it"))
    if scan is None:
        raise Refused(_("Choose the scanned document: PDF, JPG or PNG"), "document")
    earlier = issued_documents([release.id]).get(release.id)
    kept = files.keep(actor, scan, ISSUED_DOCUMENT, release.id, purpose="document")
    if earlier is not None:
        files.remove(actor, earlier, note=_("Replaced by a later scan"))
    audit.record(actor, "keep_document", release, {"sha256": (None, kept.digest)})
    release.changed_at = clock.now()
