"""What officers take away of an edition to work on elsewhere, in the words of the public pages."""

from __future__ import annotations

from flask import Blueprint, Response

from portal import clock
from portal.accounts.access import officer
from portal.accounts.terms import Right
from portal.directory.paper.edition_paper import edition_paper
from portal.errors import NotFound
from portal.lists.queries.content import known_content
from portal.lists.queries.editions import get_edition
from portal.lists.terms.editions import EditionState
from portal.web.csv import attached

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDED = {EditionState.CANCELLED, EditionState.WITHDRAWN}
editing_pages = Blueprint("directory_editing", __name__, url_prefix="/bureau/editions")


@editing_pages.get("/<int:edition_id>/whole.docx")
@officer(Right.CURATE_LISTS, Right.SIGN_LISTS, Right.AUDIT)
def whole_edition(edition_id: int) -> Response:
    """Send a whole edition as DOCX: of each release what is fixed, or else accepted so far."""
    edition = get_edition(edition_id)
    releases = [release for release in edition.releases if release.state not in ENDED]
    if not releases:
        raise NotFound
    contents = [known_content(release) for release in releases]
    paper = edition_paper(contents, clock.today().isoformat())
    return attached(f"{edition.year}-{edition.kind}-编辑稿.docx", DOCX, paper)
