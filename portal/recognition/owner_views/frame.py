"""What a member's pages of recognition share: the blueprint and who may read what."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.accounts.access import person
from portal.enterprises.queries.members import find_membership
from portal.errors import NotFound
from portal.recognition import permits
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application

blueprint = Blueprint("recognition_owner", __name__, url_prefix="/my/recognition")
Answer = str | Response | tuple[str, int]


def get_own(application_id: int) -> RecognitionApplication:
    """Return an application of an enterprise the person belongs to; raises NotFound for others."""
    found = get_application(application_id)
    if find_membership(person(), found.enterprise_id) is None:
        raise NotFound
    return found


def get_editable(application_id: int) -> RecognitionApplication:
    """Return an application the person may change; raises NotFound, NotAllowed for viewers."""
    found = get_own(application_id)
    permits.check_applicant(person(), found.enterprise)
    return found
