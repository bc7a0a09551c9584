"""Officers' pages of official lists: handing one in, its report, recording and undoing it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification.actions import list_rows, list_undo
from portal.classification.actions import official_lists as actions
from portal.classification.bureau_views.titles import Answer, asked, blueprint
from portal.classification.forms.official_lists import ListActForm, OfficialListForm
from portal.classification.models.official_lists import OfficialList
from portal.classification.models.titles import TitleKind
from portal.classification.official_lists.judging import Source
from portal.classification.official_lists.reading import PASTED, check_readable
from portal.classification.queries import official_lists as queries
from portal.classification.queries.titles import get_title_kind, kinds_recorded_by, title_kinds
from portal.classification.terms.official_lists import (
    FINDING_MEANINGS,
    FINDING_NAMES,
    LIST_STATE_NAMES,
    RUNNING,
    SETTLED_NAMES,
    UNREPORTED,
    Finding,
    ListState,
    Settled,
)
from portal.classification.terms.titles import LEVEL_NAMES, Level
from portal.database import transaction
from portal.errors import NotFound, Refused
from portal.web.csv import csv_response
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of
from portal.web.uploads import takes_files

LARGEST = 16 * 1024 * 1024
REFRESH = 3  # seconds after which a list at work is looked at again
Act = Callable[[Any, OfficialList, int], object]
NAMES = {
    "finding_names": FINDING_NAMES,
    "finding_meanings": FINDING_MEANINGS,
    "state_names": LIST_STATE_NAMES,
    "settled_names": SETTLED_NAMES,
    "level_names": LEVEL_NAMES,
}


def kinds_seen() -> Sequence[TitleKind]:
    """Return the kinds whose lists the officer sees: their department's, auditors all."""
    if has_right(person(), Right.AUDIT):
        return title_kinds()
    return kinds_recorded_by(person())


@blueprint.get("/lists")
@officer(Right.RECOGNISE, Right.AUDIT)
def official_lists() -> Answer:
    """List the official lists read so far, newest first."""
    narrowed = queries.lists_of([kind.id for kind in kinds_seen()])
    page = page_of(queries.count(narrowed), asked_page())
    rows = queries.page_of_lists(narrowed, page.offset, page.size)
    return render_template(
        "classification/official_lists.html",
        rows=rows,
        totals=queries.totals_of([row.id for row in rows]),
        page=page,
        may_record=has_right(person(), Right.RECOGNISE),
        **NAMES,
    )


@blueprint.route("/lists/new", methods=["GET", "POST"])
@takes_files(LARGEST)
@officer(Right.RECOGNISE)
def new_list() -> Answer:
    """Take a list in and lead to its report; nothing is recorded yet."""
    form = offered(OfficialListForm())
    if not form.is_submitted():
        return shown_new(form)
    if not form.validate():
        return shown_new(form, 422)
    try:
        list_id = taken_in(form)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_new(form, 422)
    return redirect(url_for("classification_bureau.official_list", list_id=list_id), 303)


def offered(form: OfficialListForm) -> OfficialListForm:
    """Offer the kinds the officer records and the levels there are."""
    kinds = kinds_recorded_by(person())
    form.kind.offer([("", _("Choose")), *((kind.slug, in_language(kind)) for kind in kinds)])
    levels = [(str(level), LEVEL_NAMES[level]) for level in Level]
    form.level.offer([("", _("As the rows say")), *levels])
    return form


def shown_new(form: OfficialListForm, status: int = 200) -> Answer:
    """Return the page that takes a list in."""
    page = render_template(
        "classification/new_list.html", form=form, kinds=kinds_recorded_by(person())
    )
    return page, status


def taken_in(form: OfficialListForm) -> int:
    """Keep a list that can be read and return its number; raises Refused."""
    content, name = content_of(form)
    check_readable(content, name)
    content.seek(0)
    source = Source(**{field: form[field].data for field in Source.__dataclass_fields__})
    kind = get_title_kind(form.kind.data)
    folder = Path(current_app.config["FILES"])
    with (
        files.receiving(
            folder, content, name, field="file", allowed=files.SHEETS, largest=LARGEST
        ) as received,
        transaction(),
    ):
        made = actions.hand_in(
            person(),
            kind,
            source,
            received,
            language=person().language,
            is_pasted=bool(form.pasted.data),
        )
        return made.id


def content_of(form: OfficialListForm) -> tuple[BinaryIO, str]:
    """Return the file, or the pasted rows as one; raises Refused for none, both or too much."""
    sent, pasted = form.file.data, form.pasted.data
    if bool(sent) == bool(pasted):
        raise Refused(_("Choose a file or paste the rows, one of the two"), "file")
    if pasted:
        return io.BytesIO(pasted.encode()), PASTED
    if sent.stream.seek(0, io.SEEK_END) > LARGEST:
        raise Refused(_("The file is larger than 16 MB: keep the rows only"), "file")
    sent.stream.seek(0)
    return sent.stream, sent.filename


@blueprint.get("/lists/<int:list_id>")
@officer(Right.RECOGNISE, Right.AUDIT)
def official_list(list_id: int) -> Answer:
    """Show what was found at the rows of a list and what became of them."""
    return shown_list(list_id, ListActForm())


def shown_list(list_id: int, form: ListActForm, status: int = 200) -> Response:
    """Return the report of a list, or how far the work on it is."""
    found = get_seen(list_id)
    finding = asked("finding", set(FINDING_MEANINGS))
    narrowed = queries.rows_of(list_id, finding)
    totals = queries.totals_of([list_id])[list_id]
    page = page_of(queries.count(narrowed), asked_page())
    shown = render_template(
        "classification/official_list.html",
        official=found,
        form=form,
        finding=finding,
        totals=totals,
        compared=found.total - totals.get(Finding.PENDING, 0),
        reported=found.state not in UNREPORTED,
        running=found.state in RUNNING,
        rows=queries.page_of_rows(narrowed, page.offset, page.size),
        page=page,
        same=queries.find_same_content(found),
        may_record=found.kind in kinds_recorded_by(person()),
        **NAMES,
    )
    answer = make_response(shown, status)
    if found.state in RUNNING and status == HTTPStatus.OK:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


def get_seen(list_id: int) -> OfficialList:
    """Return a list whose kind the officer sees; raises NotFound."""
    found = queries.get_list(list_id)
    if found.kind_id not in {kind.id for kind in kinds_seen()}:
        raise NotFound
    return found


@blueprint.get("/lists/<int:list_id>.csv")
@officer(Right.RECOGNISE, Right.AUDIT)
def official_list_csv(list_id: int) -> Response:
    """Download the report row by row, read while it is sent."""
    found = get_seen(list_id)
    finding = asked("finding", set(FINDING_MEANINGS))
    header = [
        _("Row"),
        _("Enterprise"),
        _("Unified social credit code"),
        _("Number"),
        _("Result"),
        _("Remarks"),
        _("Record in the registry"),
        _("Code of the record"),
    ]
    return csv_response(f"list-{found.id}.csv", header, lines(list_id, finding))


def lines(list_id: int, finding: str) -> Iterator[list[object]]:
    """Yield a line of the report for each row."""
    for row in queries.every_row(list_id, finding):
        settled = SETTLED_NAMES[Settled(row.settled_as)] if row.settled_as else ""
        firm = row.enterprise
        yield [
            row.row_no,
            row.name,
            row.uscc,
            row.number,
            str(settled or FINDING_NAMES[Finding(row.finding)]),
            row.message,
            firm.name if firm else "",
            firm.uscc if firm else "",
        ]


@blueprint.post("/lists/<int:list_id>/record")
@officer(Right.RECOGNISE)
def record_list(list_id: int) -> Answer:
    """Have the titles of the rows that are ready recorded."""
    return done(list_id, actions.record_list)


@blueprint.post("/lists/<int:list_id>/undo")
@officer(Right.RECOGNISE)
def undo_list(list_id: int) -> Answer:
    """Have every title the list recorded taken back."""
    return done(list_id, list_undo.undo_list)


@blueprint.post("/lists/<int:list_id>/settle-rest")
@officer(Right.RECOGNISE)
def settle_rest(list_id: int) -> Answer:
    """Settle the rows that matched nobody as outside the registry."""
    return done(list_id, list_rows.settle_rest)


@blueprint.post("/lists/<int:list_id>/discard")
@officer(Right.RECOGNISE)
def discard_list(list_id: int) -> Answer:
    """Throw a list away that was only checked, or could not be read."""
    return done(list_id, actions.discard_list, _("The list is discarded; nothing was recorded"))


def done(list_id: int, act: Act, words: str = "") -> Answer:
    """Do something to a whole list and lead back to it, or show it with what stands in the way."""
    found, form = get_seen(list_id), ListActForm()
    if not form.validate():
        return shown_list(list_id, form, 422)
    try:
        act(person(), found, form.version.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_list(list_id, form, 422)
    if words:
        flash(words, "good")
    if found.state == ListState.DISCARDED:
        return redirect(url_for("classification_bureau.official_lists"), 303)
    return redirect(url_for("classification_bureau.official_list", list_id=list_id), 303)
