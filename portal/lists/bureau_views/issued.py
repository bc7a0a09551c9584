"""The scan of the document a release was issued with."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person
from portal.casework.bureau_views.scans import received
from portal.database import transaction
from portal.lists.actions.documents import keep_issued_document
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator
from portal.lists.forms.editions import DocumentForm
from portal.lists.queries.documents import issued_documents
from portal.lists.queries.editions import get_release
from portal.web.forms import attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.route("/releases/<int:release_id>/document", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@curator
def issued_document(release_id: int) -> Answer:
    """Keep the scan of the document a release was issued with."""
    release = get_release(release_id)
    form = DocumentForm(data={"version": release.version})

    def keep() -> None:
        with received(form.document.data) as scan, transaction():
            keep_issued_document(person(), release, form.version.data, scan)

    if form.is_submitted() and attempt(form, keep):
        return done(board_url(release_id), _("The document is kept"))
    release = get_release(release_id)
    page = render_template(
        "lists/issued_document.html",
        release=release,
        form=form,
        document=issued_documents([release_id]).get(release_id),
    )
    return page, 422 if form.is_submitted() else 200
