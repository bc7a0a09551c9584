"""What was found in a sheet: the report, its downloads, confirming and undoing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.enterprises.actions import imports as actions
from portal.enterprises.bureau_views.frame import Answer
from portal.enterprises.bureau_views.import_frame import blueprint, get_visible
from portal.enterprises.forms.imports import ConfirmForm, UndoForm
from portal.enterprises.importing.columns import COLUMNS, FORM
from portal.enterprises.importing.running import open_file
from portal.enterprises.models import ImportJob
from portal.enterprises.queries import imports as queries
from portal.enterprises.terms.record import EXISTING_NAMES, IMPORT_STATE_NAMES, RUNNING
from portal.errors import Refused
from portal.sheets.findings import Unreadable
from portal.sheets.reading import reading
from portal.sheets.report import annotated, in_order, json_report, meanings
from portal.sheets.terms import LEVEL_NAMES, Level
from portal.sheets.workbook_file import MIMETYPE, SheetOut, cut_mark, stream
from portal.web.forms import VersionedForm
from portal.web.pagination import asked_page, page_of

ON_A_PAGE = 50


def shown_report(
    found: ImportJob, refused: VersionedForm | None = None, status: int = 200
) -> Answer:
    """Return progress or report, findings by level and page."""
    level = request.args.get("level", "")
    level = level if level in set(Level) else ""
    counts = queries.count_findings(found.id)
    total = counts.get(level, 0) if level else sum(counts.values())
    page = page_of(total, asked_page(), ON_A_PAGE)
    narrowed = queries.findings(found.id, level)
    shown = render_template(
        "enterprises/import_report.html",
        job=found,
        form=refused or ConfirmForm(data={"version": found.version}),
        totals=queries.kept_totals(found),
        findings=queries.page_of_findings(narrowed, page.offset, page.size),
        counts=counts,
        page=page,
        level=level,
        level_names=LEVEL_NAMES,
        meanings=meanings(),
        state_names=IMPORT_STATE_NAMES,
        existing_names=EXISTING_NAMES,
        running=found.state in RUNNING,
        same=queries.find_same_file(found),
        level_address=partial(level_address, found.id),
    )
    return shown, status


def level_address(job_id: int, level: str) -> str:
    """Return the address of the findings of one level."""
    return url_for("imports_bureau.job", job_id=job_id, level=level, _anchor="findings")


@blueprint.post("/<int:job_id>/confirm")
@officer(Right.REVIEW_ENTERPRISES)
def confirm(job_id: int) -> Answer:
    """Let the accepted rows be written."""
    found = get_visible(job_id)
    form = ConfirmForm()
    if not form.validate():
        return shown_report(found, form, 422)
    try:
        actions.confirm(person(), found, form.version.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_report(get_visible(job_id), form, 422)
    flash(_("The import is confirmed; the rows are being written"), "good")
    return redirect(url_for("imports_bureau.job", job_id=job_id), 303)


@blueprint.post("/<int:job_id>/undo")
@officer(Right.REVIEW_ENTERPRISES)
def undo(job_id: int) -> Answer:
    """Take the import back."""
    found = get_visible(job_id)
    form = UndoForm()
    if not form.validate():
        return shown_report(found, form, 422)
    try:
        actions.undo(person(), found, form.version.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_report(get_visible(job_id), form, 422)
    flash(_("The records of this import are out of the registry and are being deleted"), "good")
    return redirect(url_for("imports_bureau.job", job_id=job_id), 303)


@blueprint.get("/<int:job_id>/report.json")
@officer(Right.REVIEW_ENTERPRISES)
def report_json(job_id: int) -> Response:
    """Download the report as JSON, streamed."""
    found = get_visible(job_id)
    pieces = json_report(queries.kept_totals(found), queries.every_finding(job_id, in_order()))
    return download(
        (piece.encode() for piece in pieces), f"import-{job_id}.json", "application/json"
    )


@blueprint.get("/<int:job_id>/report.xlsx")
@officer(Right.REVIEW_ENTERPRISES)
def report_xlsx(job_id: int) -> Response:
    """Download the sheet with what was found beside each row, streamed."""
    found = get_visible(job_id)
    return download(annotated_sheet(found), f"import-{job_id}.xlsx", MIMETYPE)


def annotated_sheet(found: ImportJob) -> Iterable[bytes]:
    """Yield the annotated workbook; once the sheet is no longer kept, the findings alone."""
    totals = queries.kept_totals(found)
    said = queries.every_finding(found.id, in_order())
    folder, name = Path(current_app.config["FILES"]), found.file_name
    header_row = found.header_row
    try:
        with (
            open_file(found, folder) as source,
            reading(source, name, FORM, sheet=found.sheet, header_row=header_row) as opened,
        ):
            last = opened.walk.header.last
            yield from annotated(opened.walk.sheet, last, totals, said)
    except Unreadable as why:
        rows = ([str(each.row), each.ref, each.column, each.message] for each in said)
        result = SheetOut(_("Result"), rows, mark=cut_mark())
        yield from stream([result, SheetOut("!", [[why.message]])])


@blueprint.get("/template.xlsx")
@officer(Right.REVIEW_ENTERPRISES)
def template() -> Response:
    """Download the empty sheet."""
    titles = SheetOut(_("Enterprises"), [[column.title for column in COLUMNS]], 1)
    return download(stream([titles]), "enterprises.xlsx", MIMETYPE)


def download(pieces: Iterable[bytes], name: str, mimetype: str) -> Response:
    """Return a file made while it is being sent."""
    answer = Response(stream_with_context(iter(pieces)), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
