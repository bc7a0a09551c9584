"""The blueprint of the pages of imports, and which imports an officer may see."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.access import person
from portal.enterprises.actions.imports import may_see
from portal.enterprises.models import ImportJob
from portal.enterprises.queries.imports import get_job
from portal.errors import NotFound

blueprint = Blueprint("imports_bureau", __name__, url_prefix="/bureau/imports")


def get_visible(job_id: int) -> ImportJob:
    """Return an import the officer may see; raises NotFound, so that numbers reveal nothing."""
    found = get_job(job_id)
    if not may_see(person(), found):
        raise NotFound
    return found
