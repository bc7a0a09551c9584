"""Officers' pages on which the text of a rule version is written, beginning from another one."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.classification import parsed_rules
from portal.classification.actions import versions as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.criteria.reading import LARGEST
from portal.classification.drafting import Fault, FaultyRules, beginning
from portal.classification.forms.versions import RulesForm, SavedRulesForm
from portal.classification.models.versions import RuleVersion
from portal.classification.permits import check_rule_officer
from portal.classification.queries import version_pages as queries
from portal.errors import Refused
from portal.web.uploads import takes_files

UNREADABLE = "\ufffd"


@blueprint.route("/rules/new", methods=["GET", "POST"])
@takes_files(LARGEST)
@officer(Right.RECOGNISE)
def new_version() -> Answer:
    """Write a new version, from an earlier one's text or a file."""
    base = base_asked()
    check_rule_officer(person(), base.title_kind if base else None)
    form = RulesForm(data={"text": first_text(base)})
    if not form.is_submitted():
        return shown(form, base)
    refused = take_file(form)
    if not form.validate() or refused is not None:
        return shown(form, base, refused, 422)
    try:
        row = actions.draft_version(person(), form.text.data, base)
    except Refused as refusal:
        return shown(form, base, refusal, 422)
    flash(_("The draft is kept. Compare it, try it on the registry, then propose it"), "good")
    return redirect(url_for("classification_bureau.version", rule_slug=row.slug), 303)


@blueprint.route("/rules/<rule_slug>/edit", methods=["GET", "POST"])
@takes_files(LARGEST)
@officer(Right.RECOGNISE)
def edit_version(rule_slug: str) -> Answer:
    """Change the text of a draft of one's own."""
    row = queries.get_version_page(rule_slug).row
    actions.check_own(person(), row, row.version)
    form = SavedRulesForm(data={"text": row.text, "version": row.version})
    if not form.is_submitted():
        return shown(form, row, edited=row)
    refused = take_file(form)
    if not form.validate() or refused is not None:
        return shown(form, row, refused, 422, edited=row)
    try:
        actions.save_version(person(), row, form.version.data, form.text.data)
    except Refused as refusal:
        row = queries.get_version_page(rule_slug).row
        return shown(form, row, refusal, 422, edited=row)
    flash(_("The draft is saved"), "good")
    return redirect(url_for("classification_bureau.version", rule_slug=row.slug), 303)


def base_asked() -> RuleVersion | None:
    """Return the version a new one begins from, None where none is named; raises NotFound."""
    slug = request.args.get("from", "")
    return queries.get_version_page(slug).row if slug else None


def first_text(base: RuleVersion | None) -> str:
    """Return the text of the version that is begun from, with an id and first day of its own."""
    if base is None:
        return ""
    day = clock.today()
    begin = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    known, name, number = queries.known_versions(), f"{base.series}.{begin.year}", 1
    while (new_id := name if number == 1 else f"{name}-{number}") in known.taken:
        number += 1
    return beginning(base.text, new_id, begin.isoformat())


def take_file(form: RulesForm) -> Refused | None:
    """Put a chosen file's text in place of the typed one; return why it cannot be read."""
    if form.file.data is None:
        return None
    content = form.file.data.read(LARGEST + 1)
    if len(content) > LARGEST:
        return Refused(_("The file is larger than a rule file can be"), "file")
    try:
        text = parsed_rules.canonical(content)
    except UnicodeDecodeError:
        return Refused(_("The file is not UTF-8 text"), "file")
    if "\x00" in text:
        return Refused(_("The file is not text"), "file")
    form.text.data = form.text.clean(text)
    form.text.process_errors = []
    return None


def shown(
    form: RulesForm,
    base: RuleVersion | None,
    refused: Refused | None = None,
    status: int = 200,
    edited: RuleVersion | None = None,
) -> Answer:
    """Return the page with the text and every fault beside it."""
    faults: tuple[Fault, ...] = refused.faults if isinstance(refused, FaultyRules) else ()
    if refused is not None:
        form.refuse(refused)
    page = render_template(
        "classification/version_text.html", form=form, base=base, edited=edited, faults=faults
    )
    return page, status
