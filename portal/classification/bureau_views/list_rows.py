"""Officers' pages of the rows that wait: all of them, and settling one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.classification.actions import list_rows as actions
from portal.classification.actions.official_lists import check_lister, facts_of_row, source_of
from portal.classification.bureau_views.official_lists import NAMES, kinds_seen
from portal.classification.bureau_views.titles import Answer, asked, asked_text, blueprint
from portal.classification.forms.official_lists import ListActForm, MatchForm
from portal.classification.models.official_lists import OfficialListRow
from portal.classification.queries import official_lists as queries
from portal.classification.queries.titles import MOST_CANDIDATES, candidates
from portal.enterprises.queries.records import get_enterprise
from portal.errors import NotFound, Refused
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of


@blueprint.get("/lists/waiting")
@officer(Right.RECOGNISE, Right.AUDIT)
def waiting_rows() -> Answer:
    """List the rows of recorded lists that nobody has settled, oldest list first."""
    kinds = kinds_seen()
    kind = asked("kind", {each.slug for each in kinds})
    narrowed = queries.waiting_rows([each.id for each in kinds if kind in ("", each.slug)])
    page = page_of(queries.count(narrowed), asked_page())
    return render_template(
        "classification/waiting_rows.html",
        rows=queries.page_of_waiting(narrowed, page.offset, page.size),
        page=page,
        kind=kind,
        kinds=[("", _("All titles")), *((each.slug, in_language(each)) for each in kinds)],
        **NAMES,
    )


@blueprint.get("/lists/<int:list_id>/rows/<int:row_no>")
@officer(Right.RECOGNISE)
def list_row(list_id: int, row_no: int) -> Answer:
    """Show a row with the record proposed and those whose name holds a word."""
    return shown_row(get_row(list_id, row_no), MatchForm())


def get_row(list_id: int, row_no: int) -> OfficialListRow:
    """Return a row the officer settles; raises NotFound, NotAllowed."""
    found = queries.get_row(list_id, row_no)
    check_lister(person(), found.list.kind)
    return found


def shown_row(row: OfficialListRow, form: MatchForm | ListActForm, status: int = 200) -> Answer:
    """Return the page of a row."""
    text = asked_text()
    page = render_template(
        "classification/list_row.html",
        row=row,
        facts_said=facts_of_row(source_of(row.list), row),
        form=form,
        text=text,
        found=candidates(text) if text else [],
        most=MOST_CANDIDATES,
        **NAMES,
    )
    return page, status


@blueprint.post("/lists/<int:list_id>/rows/<int:row_no>/match")
@officer(Right.RECOGNISE)
def match_row(list_id: int, row_no: int) -> Answer:
    """Record the row's title for the record chosen."""
    row, form = get_row(list_id, row_no), MatchForm()
    if not form.validate():
        return shown_row(row, form, 422)
    chosen = form.enterprise.data or ""
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        raise NotFound
    try:
        title = actions.match_row(person(), row, form.version.data, get_enterprise(int(chosen)))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_row(get_row(list_id, row_no), form, 422)
    words = _("On record for %(name)s: %(number)s", name=title.enterprise.name, number=title.number)
    flash(words, "good")
    return redirect(url_for("classification_bureau.waiting_rows"), 303)


@blueprint.post("/lists/<int:list_id>/rows/<int:row_no>/outside")
@officer(Right.RECOGNISE)
def settle_outside(list_id: int, row_no: int) -> Answer:
    """Say that the row's enterprise is outside the registry."""
    row, form = get_row(list_id, row_no), ListActForm()
    if not form.validate():
        return shown_row(row, form, 422)
    try:
        actions.settle_outside(person(), row, form.version.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_row(get_row(list_id, row_no), form, 422)
    flash(_("Settled as outside the registry: %(name)s", name=row.name), "good")
    return redirect(url_for("classification_bureau.waiting_rows"), 303)


@blueprint.post("/lists/<int:list_id>/rows/<int:row_no>/reopen")
@officer(Right.RECOGNISE)
def reopen_row(list_id: int, row_no: int) -> Answer:
    """Let a row settled as outside wait again."""
    row, form = get_row(list_id, row_no), ListActForm()
    if not form.validate():
        return shown_row(row, form, 422)
    try:
        actions.reopen_row(person(), row, form.version.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_row(get_row(list_id, row_no), form, 422)
    flash(_("The row waits again"), "good")
    return redirect(url_for("classification_bureau.list_row", list_id=list_id, row_no=row_no), 303)
