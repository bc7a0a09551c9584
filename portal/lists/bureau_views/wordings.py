"""The public wording of an entry beside the wording sent in."""

from __future__ import annotations

from functools import partial

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.lists import facts, filling
from portal.lists.actions import wordings as actions
from portal.lists.actions.entries import Incomplete
from portal.lists.bureau_views.entry_page import get_sent, may_decide
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.entry import EntryForm
from portal.lists.forms.wordings import DROP, WordingDecisionForm, wording_form
from portal.lists.models import Entry
from portal.lists.queries.wordings import (
    get_wording,
    public_wordings,
    sent_wording,
    worded_fields,
    wordings_of,
)
from portal.lists.rules.wordings import pieces
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.lists.terms.wordings import WAITS, WORDING_STATE_NAMES
from portal.web.forms import Form, attempt
from portal.web.redirects import done

ENTRY = "/entries/<int:entry_id>/wording"


@blueprint.get(ENTRY)
@reader
def wording(entry_id: int) -> Answer:
    """Show the wording sent in, what is public in its place, and the form to propose another."""
    return shown_wording(get_sent(entry_id))


def shown_wording(entry: Entry, sent: Form | None = None) -> Answer:
    """Return the page; with the form of a refused act its message and 422."""
    found = wordings_of(entry)
    page = render_template(
        "lists/wording.html",
        entry=entry,
        release=entry.release,
        labels=facts.labels(entry),
        sent_wording=sent_wording(entry),
        public=public_wordings([entry]).get(entry.id, {}),
        wordings=found,
        present=found[0] if found and found[0].state in WAITS else None,
        form=sent or Form(),
        wording_form=sent if isinstance(sent, EntryForm) else filled(entry),
        decision_form=sent
        if isinstance(sent, WordingDecisionForm)
        else WordingDecisionForm(
            formdata=None, data={"version": found[0].version if found else None}
        ),
        names=worded_fields(entry),
        may_word=may_decide(entry) and entry.state in actions.WORDED,
        state_names=WORDING_STATE_NAMES,
        pieces=pieces,
    )
    return page, 422 if sent else 200


def filled(entry: Entry) -> EntryForm:
    """Return the form showing the public texts."""
    texts = sent_wording(entry) | dict(public_wordings([entry]).get(entry.id, {}))
    types = {DETAIL_PREFIX + field["key"]: field["type"] for field in entry.subtype.fields}
    values = {
        name: filling.as_typed(types[name], value) if name in types else value
        for name, value in texts.items()
    }
    made = wording_form(worded_fields(entry), entry.subtype.fields)
    return made(formdata=None, data=values | {"version": entry.version})


@blueprint.post(ENTRY + "/propose")
@curator
def propose_wording(entry_id: int) -> Answer:
    """Propose texts and ask the submitter for consent."""
    entry = get_sent(entry_id)
    names = worded_fields(entry)
    form = wording_form(names, entry.subtype.fields)()
    form.forgive_empty()
    act = partial(actions.propose_wording, person(), entry)

    def propose() -> None:
        worded = {name: form[name].data or "" for name in names}
        try:
            act(form.version.data, worded, form["note"].data or "")
        except Incomplete as incomplete:
            for name, said in incomplete.faults.items():
                form[name].errors = [said]
            raise

    if not attempt(form, propose):
        return shown_wording(get_sent(entry_id), form)
    return done(wording_url(entry_id), _("Proposed: the submitter is asked for consent"))


@blueprint.post(ENTRY + "/<int:wording_id>/decide")
@curator
def decide_wording(entry_id: int, wording_id: int) -> Answer:
    """Let a wording stand without consent, or give it up."""
    entry, form = get_sent(entry_id), WordingDecisionForm()
    found = get_wording(entry, wording_id)

    def decide() -> None:
        act = actions.drop_wording if form.act.data == DROP else actions.decide_wording
        act(person(), entry, found, form.version.data, form.ground.data or "")

    if not attempt(form, decide):
        return shown_wording(get_sent(entry_id), form)
    return done(wording_url(entry_id), _("Decided; the submitter is told"))


def wording_url(entry_id: int) -> str:
    """Return the address of the wording of an entry."""
    return url_for("lists_bureau.wording", entry_id=entry_id)
