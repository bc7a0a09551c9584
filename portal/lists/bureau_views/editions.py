"""The editions by year, and opening one."""

from __future__ import annotations

from itertools import groupby

from flask import current_app, render_template
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.lists.actions import editions as edition_actions
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator, reader
from portal.lists.forms.editions import EditionForm
from portal.lists.models import Edition
from portal.lists.queries import editions as edition_queries
from portal.lists.queries.editions import get_edition
from portal.lists.terms.editions import EDITION_STATE_NAMES
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.taxonomy.models import Department
from portal.taxonomy.queries import departments, find_department
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done

LEADS = ("first", "second", "third")


@blueprint.get("")
@reader
def editions() -> Answer:
    """List the editions by year with their releases."""
    years = groupby(edition_queries.editions(), key=lambda edition: edition.year)
    return render_template(
        "lists/editions.html",
        years=[(year, list(of_year)) for year, of_year in years],
        kind_names=KIND_NAMES,
        state_names=EDITION_STATE_NAMES,
        may_open=bool(departments_for(person(), Right.CURATE_LISTS)),
    )


@blueprint.get("/new")
@curator
def new_edition() -> Answer:
    """Show the form of a new edition; the site's organisers stand as lead bodies."""
    organisers = [organiser.department for organiser in current_app.extensions["site"].organisers]
    chosen = dict(zip(LEADS, organisers, strict=False))
    return shown_new(edition_form({"year": clock.today().year, **chosen}))


def edition_form(values: dict[str, object] | None = None) -> EditionForm:
    """Return the form with every body on offer."""
    form = EditionForm(data=values or {})
    bodies = [(body.slug, in_language(body)) for body in departments()]
    for name in LEADS:
        form[name].offer([("", _("Choose")), *bodies])
    form.cooperating.offer(bodies)
    return form


def shown_new(form: EditionForm, status: int = 200) -> Answer:
    """Return the page of a new edition."""
    return render_template("lists/new_edition.html", form=form), status


@blueprint.post("/open")
@curator
def open_edition() -> Answer:
    """Plan an edition with its first release."""
    form = edition_form()
    opened: list[Edition] = []
    if not attempt(form, lambda: opened.append(opened_by(form))):
        return shown_new(form, 422)
    return done(board_url(opened[0].releases[0]), _("The edition is planned"))


def opened_by(form: EditionForm) -> Edition:
    """Open the edition the form describes."""
    return edition_actions.open_edition(
        person(),
        form.year.data,
        Kind(form.kind.data),
        title_zh=form.title_zh.data or "",
        title_en=form.title_en.data or "",
        foreword_zh=form.foreword_zh.data or "",
        foreword_en=form.foreword_en.data or "",
        leads=bodies_of([form[name].data for name in LEADS]),
        cooperating=bodies_of(form.cooperating.data or []),
    )


def bodies_of(slugs: list[str]) -> list[Department]:
    """Return the chosen bodies in their order, each once."""
    found = [find_department(slug) for slug in dict.fromkeys(slugs)]
    return [body for body in found if body is not None]


@blueprint.post("/<int:edition_id>/open-release")
@curator
def open_release(edition_id: int) -> Answer:
    """Plan the next release of an edition."""
    edition = get_edition(edition_id)
    release = edition_actions.open_release(person(), edition)
    return done(board_url(release), _("Release %(number)d is planned", number=release.number))
