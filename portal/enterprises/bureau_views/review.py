"""Finding a record and verifying a submission."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.access import officer, person
from portal.accounts.queries.reach import reach_of
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.casework import Matter, decisions_of
from portal.casework.clocks import correction_due
from portal.casework.letter_words import letter_title
from portal.casework.queries import last_case, letters_about
from portal.casework.reasons import reasons_for
from portal.casework.standing import standing_of
from portal.casework.terms import MATTER_NAMES
from portal.enterprises import facts
from portal.enterprises.actions import review as actions
from portal.enterprises.actions.cases import case_of
from portal.enterprises.actions.figures import name_of
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.imported import shown_imported
from portal.enterprises.checks import checks_of
from portal.enterprises.forms.review import DecisionForm
from portal.enterprises.models import Enterprise
from portal.enterprises.queries import records as queries
from portal.enterprises.queries.duplicates import pairs_with
from portal.enterprises.queries.evidence import evidence_by_purpose
from portal.enterprises.queries.reviews import submissions_of
from portal.enterprises.rules import record as rules
from portal.enterprises.terms.figures import SOURCE_NAMES
from portal.enterprises.terms.record import (
    DECISION_NAMES,
    FIELD_NAMES,
    PRIVATE,
    STATE_NAMES,
    STEP_NAMES,
    Decision,
    State,
    Step,
)
from portal.enterprises.views.place_filters import place_of, place_selects
from portal.enterprises.words import figures as figure_words
from portal.enterprises.words.figure_comparison import sent_figures
from portal.enterprises.words.figure_periods import period_of
from portal.errors import NotFound, Refused
from portal.taxonomy.queries import names_of
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of

STATES = [
    ("", _l("All states")),
    *((str(each), STATE_NAMES[each]) for each in State if each != State.DRAFT),
]


@blueprint.get("")
@officer(Right.REVIEW_ENTERPRISES)
def records() -> Answer:
    """List what was ever submitted where the officer reviews, latest change first."""
    reach, wanted = reach_of(person(), Right.REVIEW_ENTERPRISES), wanted_of_request()
    narrowed = queries.recorded(reach, wanted)
    page = page_of(queries.count_records(narrowed), asked_page())
    return render_template(
        "enterprises/records.html",
        rows=queries.records(narrowed, page.offset, page.size),
        page=page,
        word=wanted.word,
        state_names=STATE_NAMES,
        selects=[
            *place_selects(wanted.district_id, wanted.zone_id, limited=not reach.is_citywide),
            ("state", _("State"), STATES, wanted.state),
        ],
    )


def wanted_of_request() -> queries.Wanted:
    """Return what the query string asks for; words it does not know ask for nothing."""
    given = request.args
    state = given.get("state", "")
    return queries.Wanted(
        state=state if state in set(State) else "",
        word=given.get("q", "").strip()[:100],
        district_id=place_of(Scheme.DISTRICT, given.get("district", "")),
        zone_id=place_of(Scheme.ZONE, given.get("zone", "")),
    )


@blueprint.get("/<int:enterprise_id>")
@officer(Right.REVIEW_ENTERPRISES)
def review(enterprise_id: int) -> Answer:
    """Show a record beside what was sent before, with the decision form while it waits."""
    enterprise = get_reviewable(enterprise_id)
    return shown_review(
        enterprise,
        decision_form(
            enterprise,
            {"version": enterprise.version, "answer_by": correction_due(Matter.VERIFICATION)},
        ),
    )


@blueprint.post("/<int:enterprise_id>/decide")
@officer(Right.REVIEW_ENTERPRISES)
def decide(enterprise_id: int) -> Answer:
    """Admit, return or refuse."""
    enterprise = get_reviewable(enterprise_id)
    form = decision_form(enterprise)
    if not form.validate():
        return shown_review(enterprise, form, 422)
    reasons = {name: form[f"reason_{name}"].data for name in FIELD_NAMES}
    decision = Decision(form.decision.data)
    try:
        submission = actions.decide(
            person(),
            enterprise,
            form.version.data,
            decision,
            reasons=reasons,
            ground=form.worded(form.ground.data),
            answer_by=form.answer_by.data,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return shown_review(get_reviewable(enterprise_id), form, 422)
    flash(decided_words(decision, submission.number), "good")
    return redirect(url_for("desk.worklist"), 303)


def decided_words(decision: Decision, number: str) -> str:
    """Return what the officer reads after deciding."""
    words = {
        Decision.PASS: _("%(number)s: passed on to the city’s review", number=number),
        Decision.ADMIT: _("%(number)s: the enterprise is in the registry", number=number),
        Decision.RETURN: _("%(number)s: returned to the enterprise for correction", number=number),
        Decision.REFUSE: _("%(number)s: refused", number=number),
    }
    return words[decision]


def decision_form(enterprise: Enterprise, data: dict[str, Any] | None = None) -> DecisionForm:
    """Return the decision's form with what the present stage decides."""
    form = DecisionForm(data=data)
    form.canned = reasons_for(Matter.VERIFICATION)
    form.offer_common(form.canned.get("", []))
    case = case_of(enterprise)
    if case is not None:
        form.decision.offer(
            (str(each), DECISION_NAMES[each]) for each in rules.decisions_in(case.stage)
        )
    return form


def get_reviewable(enterprise_id: int) -> Enterprise:
    """Return a record the officer may see: submitted at least once or imported, in their
    district."""
    enterprise = queries.get_enterprise(enterprise_id)
    unsent = enterprise.submitted_at is None and enterprise.import_job_id is None
    if unsent or enterprise.is_held_back:
        raise NotFound
    actions.check_reviewer(person(), enterprise)
    return enterprise


def shown_review(enterprise: Enterprise, form: DecisionForm, status: int = 200) -> Answer:
    """Return the review page; drafts behind a return are not shown, only what was sent."""
    submissions = submissions_of(enterprise.id)
    if not submissions:
        return shown_imported(enterprise)
    latest, before = submissions[0], submissions[1] if len(submissions) > 1 else None
    case = case_of(enterprise) or last_case(Matter.VERIFICATION, "enterprise", enterprise.id)
    pairs = pairs_with([enterprise.id]).get(enterprise.id, [])
    taken = queries.find_taken(enterprise.uscc)
    page = render_template(
        "enterprises/review.html",
        enterprise=enterprise,
        submission=latest,
        before=before,
        form=form,
        case=case,
        standing=standing_of(person(), case) if case else None,
        opinions=decisions_of(case) if case else [],
        decision_names=DECISION_NAMES,
        letters=letters_about(enterprise.id),
        checks={check.field: check for check in checks_of(enterprise, taken, pairs)},
        evidence=evidence_by_purpose(enterprise),
        pairs=pairs,
        figures=sent_figures(enterprise, latest, before),
        figure_words=figure_words,
        name_of=name_of,
        period_of=period_of,
        source_names=SOURCE_NAMES,
        letter_title=letter_title,
        matter_names=MATTER_NAMES,
        changed=rules.differences(before.facts if before else None, latest.facts),
        groups=compared(enterprise, latest.facts, before.facts if before else None),
        step_names=STEP_NAMES,
        field_names=FIELD_NAMES,
        state_names=STATE_NAMES,
        events=trail_of("enterprise", enterprise.id),
    )
    return page, status


def compared(
    enterprise: Enterprise, now: facts.Facts, before: facts.Facts | None
) -> list[tuple[Step, list[tuple[str, object, object, bool]]]]:
    """Return per step (field, as sent now, as sent before, differs), slugs as names."""
    names = names_of(facts.slugs_in(now) | facts.slugs_in(before or {}), in_language)
    differing = set(rules.differences(before, now))
    return [
        (
            step,
            [
                (
                    name,
                    private(enterprise, name) or facts.readable(name, now, names),
                    facts.readable(name, before, names) if before else "",
                    name in differing,
                )
                for name in rules.fields_of(step)
            ],
        )
        for step in Step
    ]


def private(enterprise: Enterprise, name: str) -> object:
    """Return a private value while the record waits for a decision, else nothing."""
    return getattr(enterprise, name) if name in PRIVATE and not enterprise.is_editable else ""
