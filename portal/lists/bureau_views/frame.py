"""What the officers' pages of the lists share: the blueprint and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from portal.accounts.access import officer
from portal.accounts.terms import Right
from portal.errors import Refused
from portal.lists.models import Release
from portal.web.forms import Form

blueprint = Blueprint("lists_bureau", __name__, url_prefix="/bureau/editions")
Answer = str | Response | tuple[str, int]
reader = officer(Right.CURATE_LISTS, Right.SIGN_LISTS, Right.AUDIT)
curator = officer(Right.CURATE_LISTS)
signer = officer(Right.CURATE_LISTS, Right.SIGN_LISTS)


def board_url(release: Release | int) -> str:
    """Return the address of a release's board."""
    release_id = release if isinstance(release, int) else release.id
    return url_for("lists_bureau.board", release_id=release_id)


def done(url: str, said: str) -> Response:
    """Say what was done and go on."""
    flash(said, "good")
    return redirect(url, 303)


def attempt(form: Form, act: Callable[[], object]) -> bool:
    """Validate a form and do one act; a refusal is kept in the form to be shown."""
    if not form.validate():
        return False
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
