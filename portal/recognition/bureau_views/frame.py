"""What an officer's pages of recognition share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.recognition import permits
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application

blueprint = Blueprint("recognition_bureau", __name__, url_prefix="/bureau/recognition")
Answer = str | Response | tuple[str, int]
reader = officer(Right.RECOGNISE, Right.AUDIT)
recogniser = officer(Right.RECOGNISE)


def get_seen(application_id: int) -> RecognitionApplication:
    """Return an application the officer may see; raises NotFound, NotAllowed."""
    found = get_application(application_id)
    permits.check_may_see(person(), found)
    return found
