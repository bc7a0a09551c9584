"""What the pages of signing up, in and out share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, session
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.terms import Purpose
from portal.errors import Refused, Throttled
from portal.web.forms import Form

blueprint = Blueprint("accounts", __name__, url_prefix="/account")
Answer = str | BaseResponse | tuple[str, int]


def shown_again(
    template: str, form: Form, refusal: Refused | None = None, **values: Any
) -> Response:
    """Return the page with its form and what is wrong: 422, or 429 when throttled."""
    if refusal is not None:
        form.refuse(refusal)
    kept = request.form.get("kept", "")
    page = make_response(render_template(template, form=form, kept=kept, **values), 422)
    if isinstance(refusal, Throttled):
        page.status_code = 429
        page.headers["Retry-After"] = str(int(refusal.wait.total_seconds()))
    return page


def await_proof(purpose: Purpose, token: str) -> None:
    """Remember in this browser's session, which is nobody's, for what a code is awaited."""
    session["awaited"] = [purpose, token]


def awaited(purpose: Purpose) -> str:
    """Return the token under which this browser awaits a code, empty when it awaits none."""
    kind, token = session.get("awaited") or ("", "")
    return token if kind == purpose else ""
