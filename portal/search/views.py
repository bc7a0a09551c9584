"""What visitors tell the bureau: what they looked for in vain."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.accounts.access import account_or_origin
from portal.extensions import limiter
from portal.search.actions import keep_need
from portal.search.forms import NeedForm
from portal.search.terms import NEED_KIND_NAMES
from portal.web.forms import attempt

Answer = str | Response | tuple[str, int]

blueprint = Blueprint("search", __name__)


@blueprint.get("/search/need")
def need() -> Answer:
    """Ask what somebody needs whom the search did not help."""
    form = need_form()
    form.word.data = request.args.get("q", "").strip()[:100]
    return render_template("search/need.html", form=form)


@blueprint.post("/search/need")
@limiter.limit("10 per hour", "need", account_or_origin)
def tell_need() -> Answer:
    """Keep what somebody needs as evidence for the next call."""
    form = need_form()
    if not attempt(
        form, lambda: keep_need(form.word.data or "", form.kind.data or "", form.text.data)
    ):
        return render_template("search/need.html", form=form), 422
    flash(_("Thank you. The bureau reads this before its next call for entries."), "good")
    return redirect(url_for("directory.search"), 303)


def need_form() -> NeedForm:
    """Return the form with what may be chosen."""
    form = NeedForm()
    form.kind.offer([("", _l("Not sure")), *NEED_KIND_NAMES.items()])
    return form
