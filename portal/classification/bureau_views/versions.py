"""Officers' pages of rule versions: the list, one in plain words, its text, what is decided."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.classification import parsed_rules
from portal.classification.actions import versions as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.forms.versions import PUT_IN_FORCE, DecisionForm, ProposalForm
from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleVersion
from portal.classification.permits import check_rule_officer
from portal.classification.queries import version_pages as queries
from portal.classification.queries.trials import trials_of
from portal.classification.queries.version_pages import Listed, placed_of
from portal.classification.rules import versions as rules
from portal.classification.terms.acts import VERSION_ACTS
from portal.classification.terms.versions import (
    CHANGE_NAMES,
    EDITABLE,
    ERA_NAMES,
    STATE_NAMES,
    Era,
    VersionState,
)
from portal.classification.words.comparison import Groups, compare
from portal.classification.words.rule_values import spoken
from portal.classification.words.rules import CONFIDENCE_WORDS, rules_in_words
from portal.errors import NotAllowed, Refused
from portal.web.forms import VersionedForm


@blueprint.get("/rules")
@officer(Right.RECOGNISE, Right.AUDIT)
def versions() -> Answer:
    """List every version by title, with its dates and state."""
    listed = queries.listed_versions()
    return render_template(
        "classification/versions.html",
        groups=by_title(listed),
        era_of=era_of,
        state_names=STATE_NAMES,
        era_names=ERA_NAMES,
        confidence_words=CONFIDENCE_WORDS,
        waiting=[one.row for one in listed if one.row.state == VersionState.PROPOSED],
        may_write=is_rule_officer(None),
    )


def by_title(listed: list[Listed]) -> list[tuple[TitleKind | None, list[Listed]]]:
    """Return the versions of each title together, in the order of titles."""
    groups: dict[int | None, tuple[TitleKind | None, list[Listed]]] = {}
    for one in listed:
        kind = one.row.title_kind
        groups.setdefault(kind.id if kind else None, (kind, []))[1].append(one)
    return list(groups.values())


def era_of(one: Listed) -> Era | None:
    """Return how a version stands today, None for one that was never put in force."""
    if one.force is None:
        return None
    dates = placed_of(one.force)
    return rules.era(dates.period, dates.recheck, clock.today())


@blueprint.get("/rules/<rule_slug>")
@officer(Right.RECOGNISE, Right.AUDIT)
def version(rule_slug: str) -> Answer:
    """Show one version in plain words, where it comes from, and what may be done with it."""
    found = queries.get_version_page(rule_slug)
    row = found.row
    parsed = parsed_rules.parsed(row.digest, row.slug, row.text)
    return render_template(
        "classification/version.html",
        row=row,
        force=found.force,
        parsed=parsed,
        rules=rules_in_words(parsed, parsed_rules.vocabulary()),
        say=spoken,
        era=era_of(found),
        era_names=ERA_NAMES,
        state_names=STATE_NAMES,
        confidence_words=CONFIDENCE_WORDS,
        events=queries.trail_of_version(row.id),
        acts=VERSION_ACTS,
        others=queries.others_of_series(row),
        trials=trials_of(row.id),
        **what_may_be_done(row),
    )


def what_may_be_done(row: RuleVersion) -> dict[str, bool]:
    """Return what this officer may do with a version as it stands."""
    officer_of_rules = is_rule_officer(row.title_kind)
    own = officer_of_rules and row.created_by_id == person().id
    second = officer_of_rules and person().id not in (row.created_by_id, row.proposed_by_id)
    return {
        "may_begin": officer_of_rules,
        "may_edit": own and row.state in EDITABLE,
        "may_decide": second and row.state == VersionState.PROPOSED,
        "waits_for_others": own and row.state == VersionState.PROPOSED,
    }


def is_rule_officer(kind: TitleKind | None) -> bool:
    """Say whether the person asking works on the rules of a title."""
    try:
        check_rule_officer(person(), kind)
    except NotAllowed:
        return False
    return True


@blueprint.get("/rules/<rule_slug>/compare")
@officer(Right.RECOGNISE, Right.AUDIT)
def compare_version(rule_slug: str) -> Answer:
    """Set a version beside another one of its series, by default the one before it."""
    row = queries.get_version_page(rule_slug).row
    others = queries.others_of_series(row)
    base = compared_with(row, others, request.args.get("with", ""))
    return render_template(
        "classification/compare_version.html",
        row=row,
        base=base,
        others=others,
        groups=differences(base, row) if base is not None else [],
        change_names=CHANGE_NAMES,
    )


def differences(base: RuleVersion, row: RuleVersion) -> Groups:
    """Return what differs between two versions, in words."""
    before, after = (parsed_rules.parsed(one.digest, one.slug, one.text) for one in (base, row))
    return compare(before, after, parsed_rules.vocabulary())


def compared_with(row: RuleVersion, others: list[RuleVersion], asked: str) -> RuleVersion | None:
    """Return the version asked for, else the one before in time, else any; None where it is the
    only one of its series."""
    by_slug = {one.slug: one for one in others}
    if asked in by_slug:
        return by_slug[asked]
    before = [
        one
        for one in others
        if one.state == VersionState.IN_FORCE and one.effective_from < row.effective_from
    ]
    return next(iter(before or others), None)


@blueprint.get("/rules/<rule_slug>/text.yaml")
@officer(Right.RECOGNISE, Right.AUDIT)
def version_text(rule_slug: str) -> Response:
    """Download the text as it is kept."""
    row = queries.get_version_page(rule_slug).row
    answer = Response(row.text, mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.slug}.yaml"'
    return answer


@blueprint.route("/rules/<rule_slug>/propose", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def propose_version(rule_slug: str) -> Answer:
    """Say what has changed, and hand the draft to a second officer."""
    row = queries.get_version_page(rule_slug).row
    form = ProposalForm(data={"version": row.version})
    actions.check_own(person(), row, row.version)
    if not form.is_submitted():
        return shown("propose_version", form, row)
    if not form.validate():
        return shown("propose_version", form, row, 422)
    try:
        actions.propose_version(person(), row, form.version.data, form.words.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown("propose_version", form, queries.get_version_page(rule_slug).row, 422)
    flash(_("Proposed: a second officer puts it in force or rejects it"), "good")
    return redirect(url_for("classification_bureau.version", rule_slug=rule_slug), 303)


@blueprint.route("/rules/<rule_slug>/decide", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def decide_version(rule_slug: str) -> Answer:
    """Put a proposed version in force as a second officer, or reject it with a ground."""
    row = queries.get_version_page(rule_slug).row
    form = DecisionForm(data={"version": row.version})
    actions.check_second(person(), row, row.version)
    if not form.is_submitted():
        return shown("decide_version", form, row)
    if not form.validate():
        return shown("decide_version", form, row, 422)
    try:
        words = decide(row, form)
    except Refused as refusal:
        form.refuse(refusal)
        return shown("decide_version", form, queries.get_version_page(rule_slug).row, 422)
    flash(words, "good")
    return redirect(url_for("classification_bureau.version", rule_slug=rule_slug), 303)


def decide(row: RuleVersion, form: DecisionForm) -> str:
    """Do what was chosen; return what the officer reads."""
    if form.decision.data == PUT_IN_FORCE:
        actions.enact_version(person(), row, form.version.data, in_the_past=form.in_the_past.data)
        return _("Put in force. Results that are stored stay as they were judged")
    actions.reject_version(person(), row, form.version.data, form.ground.data or "")
    return _("Rejected: who wrote it may correct it and propose again")


@blueprint.post("/rules/<rule_slug>/discard")
@officer(Right.RECOGNISE)
def discard_version(rule_slug: str) -> Answer:
    """Discard a draft of one's own."""
    row = queries.get_version_page(rule_slug).row
    form = VersionedForm()
    if not form.validate():
        raise Refused(form.form_errors[0] if form.form_errors else "")
    actions.discard_version(person(), row, form.version.data)
    flash(_("The draft is discarded"), "good")
    return redirect(url_for("classification_bureau.versions"), 303)


def shown(name: str, form: Any, row: RuleVersion, status: int = 200) -> Answer:
    """Return the page of a step that is taken with a version."""
    page = render_template(
        f"classification/{name}.html",
        form=form,
        row=row,
        begins_in_the_past=row.effective_from <= clock.today(),
    )
    return page, status
