"""The room of a release where its units stand: what each owes, reminding and reopening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock, files
from portal.accounts.access import person
from portal.audit import trail_of
from portal.lists.actions import units as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.acts import ActForm
from portal.lists.forms.units import AddUnitsForm, ReopenForm, UnitForm
from portal.lists.models import AddresseeUnit, Release
from portal.lists.permits import check_curator, check_overseer, may_curate
from portal.lists.queries.editions import get_release
from portal.lists.queries.forwarding import forwarded_by
from portal.lists.queries.units import (
    SCAN,
    Standing,
    entries_of,
    get_unit,
    standings,
    submissions_of,
    units_of,
)
from portal.lists.rules.units import UNIT_STATES
from portal.lists.terms.editions import CURATED_STATES
from portal.lists.terms.entries import ENTRY_STATE_NAMES
from portal.lists.terms.units import SENT_NAMES, UNIT_STATE_NAMES, UnitState
from portal.lists.unit_words import export_head, export_row, reminder_text
from portal.sheets.workbook_file import MIMETYPE, SheetOut, cut_mark, stream
from portal.taxonomy.models import Department
from portal.taxonomy.queries import departments
from portal.web.csv import csv_response
from portal.web.filters import in_language
from portal.web.forms import Form, attempt
from portal.web.redirects import done

ROOM = "/releases/<int:release_id>/submissions"
UNIT = "/units/<int:unit_id>"


@blueprint.get(ROOM)
@reader
def submissions(release_id: int) -> Answer:
    """Show where every unit of a call stands."""
    return shown_room(release_id)


def shown_room(release_id: int, form: Form | None = None) -> Answer:
    """Return the room; with the form of a refused act its message and 422."""
    release = get_overseen(release_id)
    every = standings(units_of(release))
    state = asked_state()
    counted = Counter(each.state for each in every)
    page = render_template(
        "lists/submissions.html",
        release=release,
        edition=release.edition,
        units=narrowed(every, state),
        state=state,
        counts=[(each, counted[each]) for each in UnitState],
        expected=sum(each.unit.expected for each in every),
        come=sum(each.counted.together for each in every),
        total=len(every),
        form=form or Form(),
        text=reminder_text(release, every),
        may_curate=may_curate(person(), release.edition),
        may_name=release.state in UNIT_STATES,
        unit_names=UNIT_STATE_NAMES,
    )
    return page, 422 if form else 200


def get_overseen(release_id: int) -> Release:
    """Return a release whose units the officer may look at; raises NotAllowed."""
    release = get_release(release_id)
    check_overseer(person(), release.edition)
    return release


def asked_state() -> str:
    """Return the state the board is narrowed to, or nothing."""
    state = request.args.get("state", "")
    return state if state in set(UnitState) else ""


def narrowed(every: Sequence[Standing], state: str) -> list[Standing]:
    """Return the units in a state, all for none."""
    return [each for each in every if state in ("", each.state)]


def room_url(release: Release | int) -> str:
    """Return the address of the room."""
    release_id = release if isinstance(release, int) else release.id
    return url_for("lists_bureau.submissions", release_id=release_id)


@blueprint.get(ROOM + ".csv")
@reader
def submissions_csv(release_id: int) -> Response:
    """Send the board as CSV, narrowed as it is shown."""
    release = get_overseen(release_id)
    shown = narrowed(standings(units_of(release)), asked_state())
    return csv_response(f"{file_name(release)}.csv", export_head(), map(export_row, shown))


@blueprint.get(ROOM + ".xlsx")
@reader
def submissions_xlsx(release_id: int) -> Response:
    """Send the board as a workbook, with a sheet that says what it is."""
    release = get_overseen(release_id)
    state = asked_state()
    rows = [export_row(each) for each in narrowed(standings(units_of(release)), state)]
    about = [
        [_("List"), in_language(release.edition, "title")],
        [_("State"), str(UNIT_STATE_NAMES[UnitState(state)]) if state else _("All units")],
        [_("Counted on"), clock.today().isoformat()],
    ]
    in_csv = _("the full text stands in the CSV file")
    sheets = [
        SheetOut(_("Submissions"), [export_head(), *rows], 1, mark=cut_mark(in_csv)),
        SheetOut(_("Explanation"), about),
    ]
    answer = Response(stream(sheets), mimetype=MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{file_name(release)}.xlsx")
    return answer


def file_name(release: Release) -> str:
    """Return how downloads of the board are called."""
    return f"submissions-{release.edition.year}-{release.edition.kind}-{release.number}"


@blueprint.route(ROOM + "/new", methods=["GET", "POST"])
@curator
def add_units(release_id: int) -> Answer:
    """Name the units a call is addressed to."""
    release = get_release(release_id)
    check_curator(person(), release.edition)
    form = AddUnitsForm()
    named = {unit.department_id for unit in units_of(release)}
    free = [body for body in departments() if body.id not in named and is_present(body)]
    form.bodies.offer([(body.slug, in_language(body)) for body in free])
    if form.is_submitted():
        chosen = [body for body in free if body.slug in (form.bodies.data or [])]
        added: list[int] = []
        if attempt(form, lambda: added.append(add(release, chosen, form))):
            said = ngettext("%(num)d unit is named", "%(num)d units are named", added[0])
            return done(room_url(release_id), said)
    page = render_template(
        "lists/add_units.html",
        release=get_release(release_id),
        form=form,
        may_name=release.state in UNIT_STATES,
    )
    return page, 422 if form.is_submitted() else 200


def add(release: Release, chosen: list[Department], form: AddUnitsForm) -> int:
    """Name the chosen units as the form says."""
    return actions.add_units(person(), release, chosen, form.expected.data, form.due_on.data)


def is_present(body: Department) -> bool:
    """Say whether a body still exists."""
    return body.valid_until is None or body.valid_until >= clock.today()


@blueprint.post(ROOM + "/remind")
@curator
def remind_units(release_id: int) -> Answer:
    """Remind every unit that owes its submission."""
    form, release = Form(), get_release(release_id)
    check_curator(person(), release.edition)
    reminded: list[int] = []
    if not attempt(form, lambda: reminded.append(actions.remind_units(person(), release))):
        return shown_room(release_id, form)
    said = ngettext("%(num)d unit is reminded", "%(num)d units are reminded", reminded[0])
    return done(room_url(release_id), said)


@blueprint.get(UNIT)
@reader
def unit(unit_id: int) -> Answer:
    """Show what one unit handed in, version by version."""
    return shown_unit(unit_id)


def shown_unit(unit_id: int, form: Form | None = None) -> Answer:
    """Return a unit's page for curators; with the form of a refused act its message and 422."""
    found = get_unit(unit_id)
    check_overseer(person(), found.release.edition)
    versions = submissions_of(found)
    scans = {file.owner_id: file for file in files.files_of(SCAN, [each.id for each in versions])}
    page = render_template(
        "lists/unit.html",
        unit=found,
        release=found.release,
        edition=found.release.edition,
        standing=standings([found])[0],
        versions=versions,
        scans=scans,
        entries=entries_of(found),
        forwarded=forwarded_by(found),
        events=trail_of("addressee_unit", found.id),
        form=form or Form(),
        may_change=may_curate(person(), found.release.edition)
        and found.release.state in UNIT_STATES,
        may_reopen=found.release.state in CURATED_STATES,
        unit_names=UNIT_STATE_NAMES,
        sent_names=SENT_NAMES,
        state_names=ENTRY_STATE_NAMES,
        **unit_forms(found, form),
    )
    return page, 422 if form else 200


def unit_forms(found: AddresseeUnit, given: Form | None) -> dict[str, Form]:
    """Return the page's forms, the given one in place of its kind."""
    version = {"version": found.version}
    values = {"expected": found.expected, "due_on": found.due_on}
    change = UnitForm(formdata=None, data=version | values)
    reopen = ReopenForm(formdata=None, data=version)
    return {
        "change_form": given if isinstance(given, UnitForm) else change,
        "reopen_form": given if isinstance(given, ReopenForm) else reopen,
    }


def unit_url(unit_id: int) -> str:
    """Return a unit's address for curators."""
    return url_for("lists_bureau.unit", unit_id=unit_id)


@blueprint.post(UNIT + "/change")
@curator
def change_unit(unit_id: int) -> Answer:
    """Set what is expected of a unit."""
    found, form = get_unit(unit_id), UnitForm()
    check_curator(person(), found.release.edition)
    if not attempt(
        form,
        lambda: actions.change_unit(
            person(), found, form.version.data, form.expected.data, form.due_on.data
        ),
    ):
        return shown_unit(unit_id, form)
    return done(unit_url(unit_id), _("Saved"))


@blueprint.post(UNIT + "/reopen")
@curator
def reopen_unit(unit_id: int) -> Answer:
    """Let a unit hand in late."""
    found, form = get_unit(unit_id), ReopenForm()
    check_curator(person(), found.release.edition)
    if not attempt(
        form,
        lambda: actions.reopen_unit(
            person(), found, form.version.data, form.until.data, form.reason.data or ""
        ),
    ):
        return shown_unit(unit_id, form)
    return done(unit_url(unit_id), _("The unit may hand in late and has been told"))


@blueprint.post(UNIT + "/remove")
@curator
def remove_unit(unit_id: int) -> Answer:
    """Take a unit out of the call."""
    found, form = get_unit(unit_id), ActForm()
    check_curator(person(), found.release.edition)
    release_id = found.release_id
    if not attempt(form, lambda: actions.remove_unit(person(), found, form.version.data)):
        return shown_unit(unit_id, form)
    return done(room_url(release_id), _("The unit is taken out of the call"))
