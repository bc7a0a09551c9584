"""What the officers' pages of the lists share: the blueprint, and who may open them."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.accounts.access import officer
from portal.accounts.terms import Right
from portal.lists.models import Release

blueprint = Blueprint("lists_bureau", __name__, url_prefix="/bureau/editions")
Answer = str | Response | tuple[str, int]
reader = officer(Right.CURATE_LISTS, Right.SIGN_LISTS, Right.AUDIT)
curator = officer(Right.CURATE_LISTS)
signer = officer(Right.CURATE_LISTS, Right.SIGN_LISTS)


def board_url(release: Release | int) -> str:
    """Return the address of a release's board."""
    release_id = release if isinstance(release, int) else release.id
    return url_for("lists_bureau.board", release_id=release_id)
