"""A member's look at the public profile: the same page and the same queries as everybody's."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.access import person, signed_in
from portal.directory.enterprises import render_profile
from portal.enterprises.queries.members import get_own

preview_pages = Blueprint("directory_preview", __name__, url_prefix="/my/enterprises")


@preview_pages.get("/<int:enterprise_id>/preview")
@signed_in
def preview(enterprise_id: int) -> str:
    """Show a member the profile, also before the record is in the registry."""
    return render_profile(get_own(person(), enterprise_id), preview=True)
