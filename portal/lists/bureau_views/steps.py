"""Before the signing: setting what a list asks for, taking it back from others' eyes."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.errors import NotFound
from portal.lists.actions import steps as actions
from portal.lists.bureau_views.board import shown_board
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator
from portal.lists.forms.acts import ReasonForm
from portal.lists.forms.steps import AsksForm
from portal.lists.permits import check_curator
from portal.lists.queries.editions import get_release
from portal.lists.rules.steps import Asks
from portal.lists.terms.editions import SHOWN_STATES
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.post("/releases/<int:release_id>/asks")
@curator
def set_asks(release_id: int) -> Answer:
    """Set what stands before the signing of a release."""
    form = AsksForm()

    def do() -> None:
        wanted = Asks(bool(form.asks_opinions.data), form.notice_days.data or 0)
        actions.set_asks(person(), get_release(release_id), form.version.data, wanted)

    if not attempt(form, do):
        return shown_board(release_id, form)
    return done(board_url(release_id), _("Saved"))


@blueprint.route("/releases/<int:release_id>/step-back", methods=["GET", "POST"])
@curator
def step_back(release_id: int) -> Answer:
    """Say what taking a list back means, then do it with a reason."""
    release = get_release(release_id)
    check_curator(person(), release.edition)
    form = ReasonForm(data={"version": release.version})
    if not form.is_submitted() and release.state not in SHOWN_STATES:
        raise NotFound

    def do() -> None:
        actions.step_back(person(), release, form.version.data, form.reason.data or "")

    if form.is_submitted() and attempt(form, do):
        return done(board_url(release_id), _("The list is back in the selection"))
    release = get_release(release_id)
    page = render_template(
        "lists/step_back.html", release=release, edition=release.edition, form=form
    )
    return page, 422 if form.is_submitted() else 200
