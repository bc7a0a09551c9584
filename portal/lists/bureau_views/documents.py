"""The papers of a release: one act gives the submission draft and the sign-off sheet."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, render_template

from portal.errors import NotFound
from portal.lists.bureau_views.frame import Answer, blueprint, reader
from portal.lists.documents import sign_off_sheet, submission_draft
from portal.lists.models import Release
from portal.lists.queries.content import known_content
from portal.lists.queries.editions import get_release
from portal.lists.queries.steps_taken import steps_of
from portal.lists.step_papers import answer_rows, lines_of

ROOM = "/releases/<int:release_id>/documents"
DRAFT, SHEET = "送审稿.docx", "会签单.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get(ROOM)
@reader
def documents(release_id: int) -> Answer:
    """Offer the papers of a release."""
    release = get_release(release_id)
    return render_template("lists/documents.html", release=release, edition=release.edition)


@blueprint.get(ROOM + "/<any(draft, sheet, both):paper>")
@reader
def document(release_id: int, paper: str) -> Response:
    """Send one paper, or both in one file; the sheet once the content is fixed."""
    release = get_release(release_id)
    name = f"{release.edition.year}-{release.edition.kind}-{release.number}"
    if paper == "draft":
        return sent(draft_of(release), f"{name}-{DRAFT}", DOCX)
    if release.check_code is None:
        raise NotFound
    before = lines_of(steps_of(release))
    sheet = sign_off_sheet(known_content(release), release.check_code, before)
    if paper == "sheet":
        return sent(sheet, f"{name}-{SHEET}", DOCX)
    both = BytesIO()
    with ZipFile(both, "w", ZIP_DEFLATED) as archive:
        archive.writestr(DRAFT, draft_of(release))
        archive.writestr(SHEET, sheet)
    return sent(both.getvalue(), f"{name}.zip", "application/zip")


def draft_of(release: Release) -> bytes:
    """Return the submission draft of a release."""
    steps = steps_of(release)
    code = release.check_code or ""
    return submission_draft(known_content(release), code, lines_of(steps), answer_rows(steps))


def sent(body: bytes, name: str, kind: str) -> Response:
    """Return a file to keep."""
    response = Response(body, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
