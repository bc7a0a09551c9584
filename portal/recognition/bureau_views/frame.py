"""What an officer's pages of recognition share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.errors import Refused
from portal.recognition import permits
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application
from portal.web.forms import Form

blueprint = Blueprint("recognition_bureau", __name__, url_prefix="/bureau/recognition")
Answer = str | Response | tuple[str, int]
reader = officer(Right.RECOGNISE, Right.AUDIT)
recogniser = officer(Right.RECOGNISE)


def get_seen(application_id: int) -> RecognitionApplication:
    """Return an application the officer may see; raises NotFound, NotAllowed."""
    found = get_application(application_id)
    permits.check_may_see(person(), found)
    return found


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
