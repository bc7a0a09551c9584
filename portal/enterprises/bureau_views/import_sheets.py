"""Importing sheets of enterprises: list, upload, preview, report, confirmation, undo."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.database import transaction
from portal.enterprises.actions import imports as actions
from portal.enterprises.bureau_views.frame import Answer
from portal.enterprises.bureau_views.import_frame import blueprint, get_visible
from portal.enterprises.bureau_views.import_reports import shown_report
from portal.enterprises.forms.imports import CheckForm, SheetForm
from portal.enterprises.importing.preview import Preview, preview
from portal.enterprises.importing.running import open_file
from portal.enterprises.models import ImportJob
from portal.enterprises.queries import imports as queries
from portal.enterprises.terms.record import (
    EXISTING_NAMES,
    IMPORT_STATE_NAMES,
    RUNNING,
    ImportState,
)
from portal.errors import Refused
from portal.sheets.findings import Unreadable
from portal.web.pagination import asked_page, page_of
from portal.web.uploads import takes_files

LARGEST = 64 * 1024 * 1024
REFRESH = 3  # seconds after which a running import is looked at again
MOST_SHOWN = 12


@blueprint.get("/")
@officer(Right.REVIEW_ENTERPRISES)
def imports() -> Answer:
    """List the imports an officer may see, newest first, with the form to hand in a sheet."""
    return shown_list(SheetForm())


def shown_list(form: SheetForm, status: int = 200) -> Answer:
    """Return the list page."""
    whole_city = has_right(person(), Right.REVIEW_ENTERPRISES, district_id=-1)
    narrowed = queries.jobs(None if whole_city else person().id)
    page = page_of(queries.count_jobs(narrowed), asked_page())
    shown = render_template(
        "enterprises/imports.html",
        form=form,
        page=page,
        jobs=queries.page_of_jobs(narrowed, page.offset, page.size),
        state_names=IMPORT_STATE_NAMES,
    )
    return shown, status


@blueprint.post("/upload")
@takes_files(LARGEST)
@officer(Right.REVIEW_ENTERPRISES)
def upload() -> Answer:
    """Take a sheet in and lead to its preview."""
    form = SheetForm()
    if not form.validate():
        return shown_list(form, 422)
    try:
        job_id = taken_in(form)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_list(form, 422)
    return redirect(url_for("imports_bureau.job", job_id=job_id), 303)


def taken_in(form: SheetForm) -> int:
    """Keep a sheet that can be read and return the number of its import; raises Refused."""
    sent = form.file.data
    preview(sent.stream, sent.filename)
    sent.stream.seek(0)
    folder = Path(current_app.config["FILES"])
    with (
        files.receiving(
            folder, sent.stream, sent.filename, field="file", allowed=files.SHEETS, largest=LARGEST
        ) as received,
        transaction(),
    ):
        made = actions.hand_in(person(), received, existing=form.existing.data)
        return made.id


@blueprint.get("/<int:job_id>")
@officer(Right.REVIEW_ENTERPRISES)
def job(job_id: int) -> Answer | Response:
    """Show an import as it stands: preview, progress or report."""
    found = get_visible(job_id)
    if found.state in (ImportState.UPLOADED, ImportState.FAILED):
        return shown_preview(found)
    answer = make_response(shown_report(found))
    if found.state in RUNNING:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


@blueprint.get("/<int:job_id>/preview")
@officer(Right.REVIEW_ENTERPRISES)
def choose_header(job_id: int) -> Answer:
    """Show the first rows again, to choose another row of titles."""
    found = get_visible(job_id)
    if found.state not in actions.STARTABLE:
        return redirect(url_for("imports_bureau.job", job_id=job_id), 303)
    return shown_preview(found)


def shown_preview(found: ImportJob, form: CheckForm | None = None, status: int = 200) -> Answer:
    """Return the preview with the row of titles marked, or what is wrong with the file."""
    form = form or CheckForm(data={"version": found.version})
    seen, trouble = seen_of(found)
    if seen is not None:
        offer_rows(form, seen)
    page = render_template(
        "enterprises/import_preview.html",
        job=found,
        form=form,
        seen=seen,
        trouble=found.failure or trouble,
        same=queries.find_same_file(found),
        most=MOST_SHOWN,
        existing_names=EXISTING_NAMES,
        state_names=IMPORT_STATE_NAMES,
    )
    return page, status


def seen_of(found: ImportJob) -> tuple[Preview | None, str]:
    """Return the first rows of the kept sheet, or the sentence why they cannot be shown."""
    try:
        with open_file(found, Path(current_app.config["FILES"])) as source:
            seen = preview(source, found.file_name)
            return seen, seen.trouble
    except Unreadable as why:
        return None, why.message


def offer_rows(form: CheckForm, seen: Preview) -> None:
    """Offer the rows shown, the one that was found being chosen."""
    form.header_row.offer(
        (
            str(number),
            _("Row %(row)d: %(text)s", row=number, text="、".join(filter(None, cells))[:40]),
        )
        for number, cells in seen.rows
    )
    if seen.header and not form.header_row.raw_data:
        form.header_row.data = str(seen.header.first)


@blueprint.post("/<int:job_id>/check")
@officer(Right.REVIEW_ENTERPRISES)
def check(job_id: int) -> Answer:
    """Have the sheet checked."""
    found = get_visible(job_id)
    form = CheckForm()
    seen, _trouble = seen_of(found)
    if seen is not None:
        offer_rows(form, seen)
    if seen is None or not form.validate():
        return shown_preview(found, form, 422)
    try:
        header_row = int(form.header_row.data)
        version = form.version.data
        actions.start_check(person(), found, version, header_row=header_row, sheet=seen.sheet)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_preview(get_visible(job_id), form, 422)
    return redirect(url_for("imports_bureau.job", job_id=job_id), 303)
