"""The calls and their boards; making one known, extending and closing it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.classification.models.titles import TitleKind
from portal.classification.queries.titles import get_title_kind
from portal.errors import NotAllowed
from portal.recognition import permits, words
from portal.recognition.actions import calls as actions
from portal.recognition.bureau_views.frame import Answer, blueprint, reader, recogniser
from portal.recognition.forms.calls import CallForm, CloseForm, ExtendForm
from portal.recognition.models import RecognitionCall
from portal.recognition.queries import applications as application_queries
from portal.recognition.queries import calls as queries
from portal.recognition.queries.notices import proposed
from portal.recognition.queries.versions import versions_for
from portal.recognition.rules.calls import CallFacts, documents_of
from portal.recognition.terms.applications import APP_STATE_NAMES, AppState
from portal.recognition.terms.calls import CALL_EVENT_NAMES, CallState
from portal.taxonomy.models import Department
from portal.taxonomy.queries import departments
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import done


@blueprint.get("")
@reader
def calls() -> Answer:
    """List the calls, the latest first."""
    page = page_of(queries.count_calls(), asked_page())
    return render_template(
        "recognition/calls.html",
        calls=queries.calls(page.offset, page.size),
        page=page,
        may_open=bool(own_kinds()),
        words=words,
    )


def own_kinds() -> list[TitleKind]:
    """Return the titles whose lead department the officer recognises for."""
    return [kind for kind in queries.kinds_granted_here() if permits.leads(person(), kind)]


@blueprint.route("/calls/new", methods=["GET", "POST"])
@recogniser
def new_call() -> Answer:
    """Write and make known a new call."""
    kinds = own_kinds()
    if not kinds:
        raise NotAllowed(_("Only officers of the department in charge of this title may do this"))
    form, status = call_form(kinds), 200
    if request.method == "POST":
        made: list[RecognitionCall] = []
        if attempt(form, lambda: made.append(opened_by(form))):
            return done(board_url(made[0].id), _("The call is public"))
        status = 422
    return render_template("recognition/new_call.html", form=form), status


def call_form(kinds: list[TitleKind]) -> CallForm:
    """Return the form with what may be chosen, and with the usual numbers."""
    form = CallForm(data={"scores_needed": 2, "notice_days": 5, "opens_on": clock.today()})
    choices = [(kind.slug, in_language(kind)) for kind in kinds]
    form.kind.offer(choices if len(choices) == 1 else [("", _("Choose")), *choices])
    rules = [
        (one.slug, words.both({"zh": one.version.said.zh, "en": one.version.said.en}))
        for slug, _name in choices
        for one in versions_for(slug, clock.today())
    ]
    form.rule_version.offer(rules if len(rules) == 1 else [("", _("Choose")), *rules])
    form.bodies.offer([(body.slug, in_language(body)) for body in current_bodies()])
    return form


def current_bodies() -> list[Department]:
    """Return the city's departments in force today."""
    today = clock.today()
    return [
        body
        for body in departments()
        if body.kind in ("city", "central")
        and (body.valid_from is None or body.valid_from <= today)
        and (body.valid_until is None or body.valid_until >= today)
    ]


def opened_by(form: CallForm) -> RecognitionCall:
    """Open the call the form describes."""
    names = [
        "title_zh",
        "title_en",
        "document_no",
        "opens_on",
        "closes_on",
        "guidance_zh",
        "guidance_en",
        "rule_version",
        "renewals_only",
        "scores_needed",
        "notice_days",
        "contact_zh",
        "contact_en",
        "phone",
    ]
    facts = CallFacts(
        documents=documents_of(form.required.data or "", form.optional.data or ""),
        bodies=form.bodies.data or [],
        **{name: form[name].data for name in names},
    )
    return actions.open_call(person(), get_title_kind(form.kind.data), facts)


def board_url(call_id: int) -> str:
    """Return the address of a call's board."""
    return url_for("recognition_bureau.call", call_id=call_id)


@blueprint.get("/calls/<int:call_id>")
@reader
def call(call_id: int) -> Answer:
    """Show a call with its applications by state."""
    found = queries.get_call(call_id)
    state = request.args.get("state", "")
    state = state if state in set(AppState) else ""
    may_see_all = permits.leads(person(), found.kind) or permits.audits(person())
    narrowed = application_queries.submitted_to(found, state)
    page = page_of(application_queries.count(narrowed) if may_see_all else 0, asked_page())
    rows = application_queries.page_of_applications(narrowed, page.offset, page.size)
    return render_template(
        "recognition/call.html",
        call=found,
        bodies=queries.departments_by_slug(found.bodies),
        applications=rows if may_see_all else [],
        counts=queries.counts_of(found),
        to_notice=bool(proposed(found)),
        page=page,
        state=state,
        may_see_all=may_see_all,
        leads=permits.leads(person(), found.kind),
        is_closed=queries.state_of(found, clock.today()) == CallState.CLOSED,
        state_names=APP_STATE_NAMES,
        event_names=CALL_EVENT_NAMES,
        words=words,
    )


@blueprint.route("/calls/<int:call_id>/extend", methods=["GET", "POST"])
@recogniser
def extend_call(call_id: int) -> Answer:
    """Name a later last day and say why."""
    found = get_led(call_id)
    form = ExtendForm(data={"version": found.version})

    def extend() -> None:
        said = (form.words_zh.data or "", form.words_en.data or "")
        actions.extend_call(person(), found, form.version.data, form.closes_on.data, said)

    if form.is_submitted() and attempt(form, extend):
        return done(board_url(call_id), _("The call is extended, and the public is told"))
    return shown_change(call_id, form)


@blueprint.route("/calls/<int:call_id>/close", methods=["GET", "POST"])
@recogniser
def close_call(call_id: int) -> Answer:
    """End the window today and say why."""
    found = get_led(call_id)
    form = CloseForm(data={"version": found.version})

    def close() -> None:
        said = (form.words_zh.data or "", form.words_en.data or "")
        actions.close_call(person(), found, form.version.data, said)

    if form.is_submitted() and attempt(form, close):
        return done(board_url(call_id), _("The call is closed, and the public is told"))
    return shown_change(call_id, form)


def get_led(call_id: int) -> RecognitionCall:
    """Return a call the officer's department leads; raises NotFound, NotAllowed."""
    found = queries.get_call(call_id)
    permits.check_lead(person(), found.kind)
    return found


def shown_change(call_id: int, form: ExtendForm | CloseForm) -> Answer:
    """Return the page of a change of a call."""
    page = render_template(
        "recognition/change_call.html", call=queries.get_call(call_id), form=form, words=words
    )
    return page, 422 if form.is_submitted() else 200
