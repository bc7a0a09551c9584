"""The worklist, and taking, giving back and taking over what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import casework
from portal.accounts.access import officer, person
from portal.accounts.models import Person
from portal.accounts.queries.reach import is_limited
from portal.casework import Case, Matter, Stage, permits
from portal.casework.actions import release_all, take_all
from portal.casework.clocks import days_left
from portal.casework.terms import MATTER_NAMES, STAGE_NAMES
from portal.casework.worklist import (
    CORRECTION,
    SOON,
    Asked,
    Scope,
    count_waiting,
    page_of_cases,
    totals_of,
    waiting,
)
from portal.desk.views import Answer, blueprint
from portal.desk.worklist import (
    EVERYWHERE,
    Place,
    Waiting,
    matters_for,
    page_of_case,
    work_outside_cases,
)
from portal.enterprises.checks import checks_of, phrase
from portal.enterprises.queries.duplicates import pairs_with
from portal.enterprises.queries.members import memberships_of
from portal.enterprises.queries.reviews import records_by_id
from portal.enterprises.views.place_filters import place_of, place_selects
from portal.errors import Refused
from portal.taxonomy.terms import Scheme
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import safe_next

MOST_AT_ONCE = 100


@blueprint.get("/bureau/worklist")
@officer()
def worklist() -> Answer:
    """Show what waits: overdue first, then by due day; what waits for a correction last."""
    own = [membership.enterprise_id for membership in memberships_of(person())]
    asked = asked_of_request(own)
    narrowed = waiting(person(), asked)
    page = page_of(count_waiting(narrowed), asked_page())
    rows = page_of_cases(narrowed, page.offset, page.size)
    place, everywhere = Place(asked.district_id, asked.zone_id), work_outside_cases(person())
    outside = work_outside_cases(person(), place) if place != EVERYWHERE else everywhere
    return render_template(
        "desk/worklist.html",
        rows=rows,
        page=page,
        asked=asked,
        items=items_outside(asked, outside) if page.number == 1 else [],
        totals=totals_of(person(), own),
        outside=counted(
            work_outside_cases(person(), Place()) if asked.district_id or asked.zone_id else outside
        ),
        left=days_left(rows),
        page_of_case=page_of_case,
        checked=system_checks(rows),
        holder=permits.holder,
        matter_names=MATTER_NAMES,
        stage_names=STAGE_NAMES,
        selects=selects(asked),
    )


def system_checks(rows: Sequence[Case]) -> dict[int, str]:
    """Return by case what the portal itself found about a registration, in one phrase."""
    about = {case.subject_id: case.id for case in rows if case.matter == Matter.VERIFICATION}
    if not about:
        return {}
    pairs = pairs_with(about)
    return {
        about[enterprise.id]: phrase(checks_of(enterprise, None, pairs.get(enterprise.id, [])))
        for enterprise in records_by_id(about)
    }


def asked_of_request(own: list[int]) -> Asked:
    """Return what the query string asks for; words it does not know ask for nothing."""
    given = request.args
    scope = given.get("scope", "")
    stage = given.get("stage", "")
    return Asked(
        scope=Scope(scope) if scope in set(Scope) else Scope.OFFICE,
        matter=given.get("matter", "")[:30],
        district_id=place_of(Scheme.DISTRICT, given.get("district", "")),
        zone_id=place_of(Scheme.ZONE, given.get("zone", "")),
        stage=stage if stage in {*Stage, CORRECTION} else "",
        word=given.get("q", "").strip()[:100],
        own=own,
    )


def selects(asked: Asked) -> list[tuple[str, object, list[tuple[str, object]], object]]:
    """Return the filters above the table as the filter line draws them."""
    matters = [(str(each), MATTER_NAMES[each]) for each in matters_for(person())]
    stages = [(str(stage), STAGE_NAMES[stage]) for stage in Stage]
    return [
        ("matter", _("Matter"), [("", _("All matters")), *matters], asked.matter),
        *place_selects(asked.district_id, asked.zone_id, limited=is_limited(person())),
        (
            "stage",
            _("State"),
            [("", _("All states")), *stages, (CORRECTION, _("Being corrected"))],
            asked.stage,
        ),
    ]


def items_outside(asked: Asked, found: list[Waiting]) -> list[Waiting]:
    """Return those of what waits without a case that are asked for: they are nobody's own, and
    stand in no stage."""
    if asked.scope == Scope.MINE or asked.stage:
        return []
    return [
        waiting
        for waiting in found
        if asked.matter in ("", waiting.item.matter)
        and asked.word in f"{waiting.item.number} {waiting.item.subject}"
    ]


def counted(found: list[Waiting]) -> dict[str, int]:
    """Return how much waits without a case, how much of it is overdue, and due soon."""
    return {
        "all": sum(waiting.item.count for waiting in found),
        "overdue": sum(waiting.item.count for waiting in found if waiting.left < 0),
        "soon": sum(waiting.item.count for waiting in found if 0 <= waiting.left <= SOON),
    }


@blueprint.post("/bureau/worklist/assign")
@officer()
def assign_cases() -> Response:
    """Take the ticked cases, or give them back; say which could not be and why."""
    releasing = request.form.get("do") == "release"
    done = (release_all if releasing else take_all)(person(), ticked())
    good = sum(not why for _case, why in done)
    taken = ngettext("%(num)d case taken", "%(num)d cases taken", good)
    released = ngettext("%(num)d case given back", "%(num)d cases given back", good)
    flash(released if releasing else taken, "good" if good else "")
    for case, why in done:
        if why:
            flash(_("%(number)s: %(why)s", number=case.number or case.label, why=why), "bad")
    return redirect(safe_next(request.form.get("back"), url_for("desk.worklist")), 303)


def ticked() -> list[int]:
    """Return the numbers of the ticked cases, as many as a page may hold."""
    given = request.form.getlist("case")[:MOST_AT_ONCE]
    return [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 10]


@blueprint.post("/bureau/cases/<int:case_id>/take")
@officer()
def take_case(case_id: int) -> Response:
    """Take one case."""
    return act_on(case_id, casework.take, _("You have taken this: nobody else decides meanwhile"))


@blueprint.post("/bureau/cases/<int:case_id>/take-over")
@officer()
def take_over_case(case_id: int) -> Response:
    """Take one case from who holds it."""
    return act_on(case_id, casework.take_over, _("You have taken this over"))


@blueprint.post("/bureau/cases/<int:case_id>/release")
@officer()
def release_case(case_id: int) -> Response:
    """Give one case back."""
    return act_on(case_id, casework.release, _("Given back: others may take it"))


def act_on(case_id: int, act: Callable[[Person, Case], None], said: str) -> Response:
    """Do one act to a case and return to where it is decided, with what came of it."""
    case = casework.get_case(case_id)
    permits.check_may_see(person(), case)
    address = page_of_case(case)
    try:
        act(person(), case)
    except Refused as refusal:
        flash(refusal.message, "bad")
    else:
        flash(said, "good")
    return redirect(address, 303)
