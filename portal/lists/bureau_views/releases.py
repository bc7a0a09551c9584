"""The acts on a release: the call, fixing and reopening, cancelling, archiving."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.access import person
from portal.lists.actions import calls as call_actions
from portal.lists.actions import editions as edition_actions
from portal.lists.actions import freezing as freezing_actions
from portal.lists.bureau_views.board import shown_board
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator
from portal.lists.forms.acts import ActForm, ReasonForm
from portal.lists.forms.editions import CallForm, DescriptionForm
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.post("/releases/<int:release_id>/open-call")
@curator
def open_call(release_id: int) -> Answer:
    """Call for entries."""
    form = CallForm()
    return act(
        release_id,
        form,
        lambda release, version: call_actions.open_call(
            person(), release, version, form.opens_on.data, form.closes_on.data
        ),
        _("The call is open"),
    )


@blueprint.post("/releases/<int:release_id>/describe")
@curator
def describe_release(release_id: int) -> Answer:
    """Set document number and date of issue."""
    form = DescriptionForm()
    return act(
        release_id,
        form,
        lambda release, version: edition_actions.describe_release(
            person(), release, version, form.document_no.data or "", form.dated_on.data
        ),
        _("Saved"),
    )


def act(
    release_id: int,
    form: ActForm | CallForm | DescriptionForm,
    do: Callable[[Release, int], object],
    said: str,
) -> Answer:
    """Do one act on the release as it was seen and go back to the board."""
    ran = attempt(form, lambda: do(get_release(release_id), form.version.data))
    return done(board_url(release_id), said) if ran else shown_board(release_id, form)


@blueprint.post("/releases/<int:release_id>/close-call")
@curator
def close_call(release_id: int) -> Answer:
    """End the call."""
    return plain_act(release_id, call_actions.close_call, _("The call is closed"))


@blueprint.post("/releases/<int:release_id>/start-curating")
@curator
def start_curating(release_id: int) -> Answer:
    """Begin the selection proper."""
    return plain_act(release_id, call_actions.start_curating, _("The selection has begun"))


@blueprint.post("/releases/<int:release_id>/enter-cosign")
@curator
def enter_cosign(release_id: int) -> Answer:
    """Fix the content and allot the numbers."""
    said = _("The content is fixed and the numbers are allotted: the lead bodies can sign")
    return plain_act(release_id, freezing_actions.enter_cosign, said)


@blueprint.post("/releases/<int:release_id>/archive")
@curator
def archive(release_id: int) -> Answer:
    """Put a published release among those of earlier years."""
    return plain_act(release_id, edition_actions.archive, _("The release is archived"))


def plain_act(release_id: int, do: Callable[..., object], said: str) -> Answer:
    """Do an act that needs nothing but the release as it was seen."""
    return act(release_id, ActForm(), lambda release, version: do(person(), release, version), said)


@blueprint.get("/releases/<int:release_id>/reopening")
@curator
def reopening(release_id: int) -> Answer:
    """Say what reopening makes void before it is done."""
    return shown_reason(release_id, "lists/reopening.html")


@blueprint.post("/releases/<int:release_id>/reopen")
@curator
def reopen(release_id: int) -> Answer:
    """Open a release for changes again; its signatures become void."""
    form, voided = ReasonForm(), []
    release = get_release(release_id)

    def do() -> None:
        reason = form.reason.data or ""
        voided.append(freezing_actions.reopen(person(), release, form.version.data, reason))

    if not attempt(form, do):
        return shown_reason(release_id, "lists/reopening.html", form)
    said = ngettext(
        "The release is open for changes; %(num)d signature is void",
        "The release is open for changes; %(num)d signatures are void",
        voided[0],
    )
    return done(board_url(release_id), said)


@blueprint.get("/releases/<int:release_id>/cancelling")
@curator
def cancelling(release_id: int) -> Answer:
    """Say what cancelling means before it is done."""
    return shown_reason(release_id, "lists/cancelling.html")


@blueprint.post("/releases/<int:release_id>/cancel")
@curator
def cancel(release_id: int) -> Answer:
    """Give up a release."""
    form = ReasonForm()
    release = get_release(release_id)
    if not attempt(
        form,
        lambda: edition_actions.cancel(
            person(), release, form.version.data, form.reason.data or ""
        ),
    ):
        return shown_reason(release_id, "lists/cancelling.html", form)
    return done(board_url(release_id), _("The release is cancelled"))


def shown_reason(release_id: int, template: str, form: ReasonForm | None = None) -> Answer:
    """Return a page that asks for the reason of an act."""
    release = get_release(release_id)
    shown = form or ReasonForm(formdata=None, data={"version": release.version})
    page = render_template(template, release=release, edition=release.edition, form=shown)
    return page, 422 if form else 200
