"""The blueprint of a person's own account."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

blueprint = Blueprint("accounts_owner", __name__, url_prefix="/my/account")
Answer = str | Response | tuple[str, int]


def to_account() -> Response:
    """Go back to the account's page."""
    return redirect(url_for("accounts_owner.account"), 303)
