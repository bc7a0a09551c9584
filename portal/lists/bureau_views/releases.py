"""The board of a release: its entries and their order, the call, fixing and reopening."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.accounts.access import person
from portal.audit import trail_of
from portal.errors import Refused
from portal.lists.actions import calls as call_actions
from portal.lists.actions import curation as curation_actions
from portal.lists.actions import editions as edition_actions
from portal.lists.actions import freezing as freezing_actions
from portal.lists.actions.curation import move_entry
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator, reader
from portal.lists.forms.acts import ActForm, ReasonForm
from portal.lists.forms.editions import CallForm, DescriptionForm
from portal.lists.models import Release
from portal.lists.permits import may_curate, may_record, may_sign
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import counts_by_state, sent_entries
from portal.lists.queries.sign_offs import find_sign_off, next_body
from portal.lists.queries.units import count_owing
from portal.lists.terms.editions import (
    CURATED_STATES,
    EDITION_STATE_NAMES,
    SIGN_WAY_NAMES,
    EditionState,
)
from portal.lists.terms.entries import ENTRY_STATE_NAMES, SENT, EntryState
from portal.lists.terms.kinds import KIND_NAMES
from portal.web.forms import Form, attempt
from portal.web.redirects import done


@blueprint.get("/releases/<int:release_id>")
@reader
def board(release_id: int) -> Answer:
    """Show where a release stands, its entries, signatures and trail."""
    return shown_board(release_id)


def shown_board(release_id: int, form: Form | None = None) -> Answer:
    """Return the board; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    state = request.args.get("state", "")
    counts = counts_by_state(release)
    page = render_template(
        "lists/board.html",
        release=release,
        edition=release.edition,
        entries=sent_entries(release, state),
        counts=[(each, counts.get(each, 0)) for each in EntryState if each in SENT],
        state=state if state in SENT else "",
        form=form or Form(),
        version_form=ActForm(formdata=None, data={"version": release.version}),
        bodies=signatures(release),
        owing=count_owing(release),
        events=trail_of("release", release.id),
        is_changeable=release.state in CURATED_STATES,
        may_curate=may_curate(person(), release.edition),
        **board_forms(release),
        **WORDS,
    )
    return page, 422 if form else 200


WORDS: Mapping[str, Any] = {
    "kind_names": KIND_NAMES,
    "release_names": EDITION_STATE_NAMES,
    "entry_names": ENTRY_STATE_NAMES,
    "way_names": SIGN_WAY_NAMES,
}


def board_forms(release: Release) -> dict[str, Form]:
    """Return the small forms of the board, showing what the release holds."""
    return {
        "call_form": CallForm(
            formdata=None,
            data={
                "version": release.version,
                "opens_on": release.call_opens_on or clock.today(),
                "closes_on": release.call_closes_on,
            },
        ),
        "description_form": DescriptionForm(
            formdata=None,
            data={
                "version": release.version,
                "document_no": release.document_no,
                "dated_on": release.dated_on,
            },
        ),
    }


def signatures(release: Release) -> list[dict[str, Any]]:
    """Return each lead body in its order with its sign-off and what this officer may do."""
    turn = next_body(release) if release.state == EditionState.COSIGN else None
    return [
        {
            "department": body.department,
            "sign_off": find_sign_off(release, body.department),
            "is_next": turn is not None and body.department_id == turn.id,
            "may_sign": may_sign(person(), body.department),
            "may_record": may_record(person(), release, body.department),
        }
        for body in release.edition.bodies
        if body.leads
    ]


@blueprint.post("/releases/<int:release_id>/order-entries")
@curator
def order_entries(release_id: int) -> Answer:
    """Put the accepted entries in order: by the numbers typed, or one up or down."""
    form = ActForm()

    def order() -> None:
        release, version = get_release(release_id), form.version.data
        for name, steps in (("up", -1), ("down", 1)):
            if moved := whole_number(request.form.get(name, "")):
                move_entry(person(), release, version, moved, steps)
                return
        curation_actions.order_entries(person(), release, version, typed_places())

    if not attempt(form, order):
        return shown_board(release_id, form)
    return done(board_url(release_id) + "#entries", _("The order is saved"))


def typed_places() -> dict[int, int]:
    """Return the numbers typed beside the entries, by entry id; raises Refused."""
    places = {}
    for name, typed in request.form.items():
        if found := re.fullmatch(r"place_([0-9]{1,9})", name):
            place = whole_number(typed.strip())
            if place is None:
                raise Refused(_("The place of an entry must be a whole number, such as 3"))
            places[int(found[1])] = place
    return places


def whole_number(text: str) -> int | None:
    """Return a number of at most six digits, or None."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) else None


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
