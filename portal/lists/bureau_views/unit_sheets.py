"""Filled templates of a unit: download, upload, what was found, taking over or throwing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Response, current_app, redirect, render_template, request, stream_with_context
from flask import url_for as address_of
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import files
from portal.accounts.access import person
from portal.casework.bureau_views.scans import received
from portal.database import transaction
from portal.errors import NotFound, Refused
from portal.lists.actions import unit_sheets as actions
from portal.lists.bureau_views.frame import Answer
from portal.lists.bureau_views.own_units import acting, blueprint, unit_url
from portal.lists.entry_sheets.checking import meanings, read_sheet
from portal.lists.entry_sheets.items import form_of, items_of
from portal.lists.entry_sheets.template import code_of, template
from portal.lists.forms.acts import ActForm
from portal.lists.forms.units import SheetConfirmForm, SheetForm
from portal.lists.models import AddresseeUnit, EntrySheet, EntrySubtype
from portal.lists.queries import unit_sheets as queries
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.queries.units import get_own_unit, is_open
from portal.lists.terms.units import SHEET_STATE_NAMES, After
from portal.sheets.reading import reading
from portal.sheets.report import annotated
from portal.sheets.terms import LEVEL_NAMES, Level
from portal.sheets.workbook_file import MIMETYPE
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import done
from portal.web.uploads import takes_files

LARGEST = 8 * 1024 * 1024
ON_A_PAGE = 50


@blueprint.get("/<int:unit_id>/templates/<slug>.xlsx")
@acting
def template_xlsx(unit_id: int, slug: str) -> Response:
    """Send the template of one kind of entry."""
    unit = get_own_unit(person(), unit_id)
    subtype = get_kind(unit, slug)
    name = f"template-{code_of(unit.release, subtype)}.xlsx"
    return download(template(unit.release, subtype), name)


def get_kind(unit: AddresseeUnit, slug: str) -> EntrySubtype:
    """Return a kind of entry of the unit's call; raises NotFound."""
    found = find_subtype(unit.release.edition.kind, slug)
    if found is None:
        raise NotFound
    return found


def download(pieces: Iterator[bytes], name: str) -> Response:
    """Return a workbook made while it is being sent."""
    answer = Response(stream_with_context(pieces), mimetype=MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.route("/<int:unit_id>/sheet", methods=["GET", "POST"])
@takes_files(LARGEST)
@acting
def upload(unit_id: int) -> Answer:
    """Offer the templates and take a filled one in; nothing is written yet."""
    unit = get_own_unit(person(), unit_id)
    form = SheetForm()
    kinds = subtypes(unit.release.edition.kind)
    form.subtype.offer([("", _("Choose")), *((kind.slug, in_language(kind)) for kind in kinds)])
    made: list[int] = []
    if form.is_submitted() and attempt(form, lambda: made.append(taken_in(unit, form))):
        return redirect(sheet_url(made[0]), 303)
    unit = get_own_unit(person(), unit_id)
    page = render_template(
        "lists/upload_sheet.html",
        unit=unit,
        release=unit.release,
        kinds=kinds,
        form=form,
        sheets=queries.sheets_of(unit),
        is_open=is_open(unit),
        sheet_names=SHEET_STATE_NAMES,
    )
    return page, 422 if form.is_submitted() else 200


def taken_in(unit: AddresseeUnit, form: SheetForm) -> int:
    """Read a filled template and keep it with its report; return its number."""
    sent, subtype = form.file.data, get_kind(unit, form.subtype.data)
    folder = Path(current_app.config["FILES"])
    known = queries.known_entries(unit, subtype)
    read = read_sheet(sent.stream, sent.filename, unit, subtype, known)
    sent.stream.seek(0)
    with (
        files.receiving(
            folder, sent.stream, sent.filename, field="file", allowed=files.SHEETS, largest=LARGEST
        ) as kept,
        transaction(),
    ):
        return actions.keep_sheet(person(), unit, subtype, read, kept).id


def sheet_url(sheet_id: int) -> str:
    """Return the address of a template's report."""
    return address_of("submissions_bureau.sheet", sheet_id=sheet_id)


@blueprint.get("/sheets/<int:sheet_id>")
@acting
def sheet(sheet_id: int) -> Answer:
    """Show what was found in a filled template."""
    return shown_sheet(sheet_id)


def shown_sheet(sheet_id: int, form: SheetConfirmForm | ActForm | None = None) -> Answer:
    """Return the report; with the form of a refused act its message and 422."""
    found = queries.get_own_sheet(person(), sheet_id)
    level = request.args.get("level", "")
    level = level if level in set(Level) else ""
    narrowed = queries.rows_of(sheet_id, level)
    page = page_of(queries.count_rows(narrowed), asked_page(), ON_A_PAGE)
    fresh = SheetConfirmForm(formdata=None, data={"after": After.DRAFTS})
    shown = render_template(
        "lists/entry_sheet.html",
        sheet=found,
        unit=found.unit,
        release=found.unit.release,
        form=form if isinstance(form, SheetConfirmForm) else fresh,
        refused=form or fresh,
        to_write=sum(found.totals[each] for each in (Level.OK, Level.FIXED, Level.WARNED)),
        totals=found.totals,
        rows=queries.page_of_rows(narrowed, page.offset, page.size),
        page=page,
        level=level,
        level_names=LEVEL_NAMES,
        meanings=meanings(),
        same=queries.find_same_sheet(found),
        sheet_names=SHEET_STATE_NAMES,
        is_open=is_open(found.unit),
        level_address=lambda each: address_of(
            "submissions_bureau.sheet", sheet_id=sheet_id, level=each, _anchor="rows"
        ),
    )
    return shown, 422 if form else 200


@blueprint.post("/sheets/<int:sheet_id>/confirm")
@takes_files(files.LARGEST_EVIDENCE)
@acting
def confirm_sheet(sheet_id: int) -> Answer:
    """Take the rows over as drafts, or hand them in at once."""
    found, form = queries.get_own_sheet(person(), sheet_id), SheetConfirmForm()
    written: list[int] = []

    def do() -> None:
        with received(form.scan.data) as scan, transaction():
            after = After(form.after.data)
            if scan is not None and after == After.DRAFTS:
                raise Refused(
                    _("A scan goes with handing in: choose that, or leave it out"), "scan"
                )
            written.append(actions.write_sheet(person(), found, form.version.data, after, scan))

    if not attempt(form, do):
        return shown_sheet(sheet_id, form)
    said = ngettext("%(num)d entry is taken over", "%(num)d entries are taken over", written[0])
    return done(unit_url(found.unit_id), said)


@blueprint.post("/sheets/<int:sheet_id>/discard")
@acting
def discard_sheet(sheet_id: int) -> Answer:
    """Throw a filled template away."""
    found, form = queries.get_own_sheet(person(), sheet_id), ActForm()
    unit_id = found.unit_id
    if not attempt(form, lambda: actions.discard_sheet(person(), found, form.version.data)):
        return shown_sheet(sheet_id, form)
    return done(unit_url(unit_id), _("The file is thrown away; nothing was written"))


@blueprint.get("/sheets/<int:sheet_id>/report.xlsx")
@acting
def sheet_report(sheet_id: int) -> Response:
    """Send the filled template back with what was found beside each row."""
    found = queries.get_own_sheet(person(), sheet_id)
    if found.file is None or found.file.removed_at is not None:
        raise NotFound
    return download(annotated_sheet(found), f"report-{sheet_id}.xlsx")


def annotated_sheet(found: EntrySheet) -> Iterator[bytes]:
    """Yield the annotated workbook."""
    assert found.file is not None
    every = queries.page_of_rows(queries.rows_of(found.id), 0, found.totals["rows"])
    path = files.path_of(Path(current_app.config["FILES"]), found.file.name)
    form = form_of(items_of(found.subtype))
    said = list(queries.findings_of(every))
    with path.open("rb") as source, reading(source, found.file_name, form) as opened:
        yield from annotated(opened.walk.sheet, found.header_row, found.totals, said, meanings())
