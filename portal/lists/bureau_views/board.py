"""The board of a release: its entries filtered, paged, ordered and decided on alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.audit import trail_of
from portal.enterprises.filling.steps import choices
from portal.errors import Refused
from portal.lists.actions import curation as curation_actions
from portal.lists.actions.bulk import decide_many
from portal.lists.actions.curation import move_entry
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.acts import ActForm
from portal.lists.forms.board import BulkForm
from portal.lists.forms.editions import CallForm, DescriptionForm
from portal.lists.forms.steps import AsksForm
from portal.lists.models import BulkDecision, Release
from portal.lists.permits import may_curate, may_record, may_sign
from portal.lists.queries import board as queries
from portal.lists.queries.before_signing import lacking
from portal.lists.queries.board import Wanted, get_bulk
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import counts_by_state
from portal.lists.queries.scores import spreads
from portal.lists.queries.sign_offs import find_sign_off, next_body
from portal.lists.queries.subtypes import subtypes
from portal.lists.queries.units import count_owing
from portal.lists.terms.editions import (
    CURATED_STATES,
    EDITION_STATE_NAMES,
    REVIEWED_STATES,
    SIGN_WAY_NAMES,
    EditionState,
)
from portal.lists.terms.entries import (
    DECISION_NAMES,
    ENTRY_STATE_NAMES,
    SENT,
    Decision,
    EntryState,
)
from portal.lists.terms.fields import COMMON_FIELDS, FIELD_NAMES
from portal.lists.terms.kinds import KIND_NAMES, PUBLISHER_KIND_NAMES, PublisherKind
from portal.taxonomy.queries import terms
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language
from portal.web.forms import Form, attempt
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import done

BOARD = "/releases/<int:release_id>"
FILTERS = ("state", "subtype", "field", "node", "district", "zone", "publisher")
WORDS: Mapping[str, Any] = {
    "kind_names": KIND_NAMES,
    "release_names": EDITION_STATE_NAMES,
    "entry_names": ENTRY_STATE_NAMES,
    "way_names": SIGN_WAY_NAMES,
}


@blueprint.get(BOARD)
@reader
def board(release_id: int) -> Answer:
    """Show where a release stands, its entries, signatures and trail."""
    return shown_board(release_id)


def shown_board(release_id: int, form: Form | None = None) -> Answer:
    """Return the board; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    counts, curates = counts_by_state(release), may_curate(person(), release.edition)
    page = render_template(
        "lists/board.html",
        release=release,
        edition=release.edition,
        counts=[(each, counts.get(each, 0)) for each in EntryState if each in SENT],
        form=form or Form(),
        bodies=signatures(release),
        owing=count_owing(release),
        events=trail_of("release", release.id),
        is_changeable=release.state in CURATED_STATES,
        lacks=lacking(release) if curates and release.state in REVIEWED_STATES else [],
        may_curate=curates,
        bulk_form=bulk_form(form),
        **rows_shown(release),
        **board_forms(release),
        **WORDS,
    )
    return page, 422 if form else 200


def rows_shown(release: Release) -> dict[str, Any]:
    """Return the page of entries that is asked for, with their places and scores."""
    wanted = asked()
    page = page_of(queries.count_chosen(release, wanted), asked_page(), queries.SIZE)
    entries = queries.board_page(release, wanted, page.offset)
    return {
        "wanted": wanted,
        "page": page,
        "entries": entries,
        "places": queries.places(release, wanted.field),
        "scores": spreads([entry.id for entry in entries]),
        "filters": filters(release, wanted),
        "kept": kept(),
        "address": partial(address, release.id),
        "page_address": lambda number: address(release.id, page=number if number > 1 else None),
    }


def asked() -> Wanted:
    """Return what the address narrows the board to."""
    slugs: dict[str, Any] = {name: request.args.get(name, "")[:60] for name in FILTERS}
    return Wanted(**slugs)


def filters(release: Release, wanted: Wanted) -> list[tuple[str, str, list[Any], str]]:
    """Return the selects above the table: name, label, options, chosen value."""
    options: dict[str, tuple[str, list[tuple[str, Any]]]] = {
        "subtype": (_("Kind"), named(subtypes(release.edition.kind))),
        "field": (_("Field"), named(terms(Scheme.FIELD))),
        "node": (_("Place in the chain"), choices(Scheme.NODE, in_language)),
        "district": (_("District or county"), named(terms(Scheme.DISTRICT))),
        "zone": (_("Functional zone"), named(terms(Scheme.ZONE))),
        "publisher": (
            _("Publisher"),
            [(str(one), PUBLISHER_KIND_NAMES[one]) for one in PublisherKind],
        ),
    }
    return [
        (name, label, [("", _("All")), *choices], getattr(wanted, name))
        for name, (label, choices) in options.items()
    ]


def named(rows: Any) -> list[tuple[str, Any]]:
    """Return rows as options."""
    return [(row.slug, in_language(row)) for row in rows]


def bulk_form(sent: Form | None = None) -> BulkForm:
    """Return the form of a decision on many, as it was sent where it was refused."""
    form = sent if isinstance(sent, BulkForm) else BulkForm(formdata=None)
    form.offer({name: FIELD_NAMES[name] for name in COMMON_FIELDS})
    return form


def board_forms(release: Release) -> dict[str, Form]:
    """Return the small forms of the board, showing what the release holds."""
    version = {"version": release.version}
    opens = release.call_opens_on or clock.today()
    return {
        "version_form": ActForm(formdata=None, data=version),
        "call_form": CallForm(
            formdata=None,
            data=version | {"opens_on": opens, "closes_on": release.call_closes_on},
        ),
        "asks_form": AsksForm(
            formdata=None,
            data=version
            | {"asks_opinions": release.asks_opinions, "notice_days": release.notice_days},
        ),
        "description_form": DescriptionForm(
            formdata=None,
            data=version | {"document_no": release.document_no, "dated_on": release.dated_on},
        ),
    }


def signatures(release: Release) -> list[dict[str, Any]]:
    """Return each lead body in its order with its sign-off and what this officer may do."""
    turn = next_body(release) if release.state == EditionState.COSIGN else None
    return [
        {
            "department": body.department,
            "sign_off": find_sign_off(release, body.department),
            "is_next": turn is not None and body.department_id == turn.id,
            "may_sign": may_sign(person(), body.department),
            "may_record": may_record(person(), release, body.department),
        }
        for body in release.edition.bodies
        if body.leads
    ]


@blueprint.post(BOARD + "/order-entries")
@curator
def order_entries(release_id: int) -> Answer:
    """Put the accepted entries in order: by the numbers typed, or one up or down."""
    form, field = ActForm(), asked().field

    def order() -> None:
        release, version = get_release(release_id), form.version.data
        for name, steps in (("up", -1), ("down", 1)):
            if moved := whole_number(request.form.get(name, "")):
                move_entry(person(), release, version, moved, steps, field)
                return
        if request.form.get("gather"):
            curation_actions.gather_sections(person(), release, version)
            return
        curation_actions.order_entries(person(), release, version, typed_places(), field)

    if not attempt(form, order):
        return shown_board(release_id, form)
    return done(back_to_entries(release_id), _("The order is saved"))


def address(release_id: int, **changes: object) -> str:
    """Return the address of the rows with some of their query changed; the page is dropped."""
    query = {name: value for name, value in kept().items() if name != "page"} | changes
    return url_for("lists_bureau.board", release_id=release_id, _anchor="entries", **query)


def back_to_entries(release_id: int) -> str:
    """Return the address of the same rows again."""
    return address(release_id, page=request.args.get("page"))


def kept() -> dict[str, Any]:
    """Return what an act on the rows takes along to come back to the same ones."""
    return {name: value for name in (*FILTERS, "page") if (value := request.args.get(name))}


def typed_places() -> dict[int, int]:
    """Return the numbers typed beside the entries, by entry id; raises Refused."""
    places = {}
    for name, typed in request.form.items():
        if found := re.fullmatch(r"place_([0-9]{1,9})", name):
            place = whole_number(typed.strip())
            if place is None:
                raise Refused(_("The place of an entry must be a whole number, such as 3"))
            places[int(found[1])] = place
    return places


def whole_number(text: str) -> int | None:
    """Return a number of at most six digits, or None."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) else None


@blueprint.post(BOARD + "/decide")
@curator
def decide_entries(release_id: int) -> Answer:
    """Decide alike on the ticked entries and show what was and was not done."""
    form = bulk_form(BulkForm())
    made: list[BulkDecision] = []

    def decide() -> None:
        release = get_release(release_id)
        decision, item, words = Decision(form.bulk.data), form.item.data, form.words.data
        if decision == Decision.RETURN and not item:
            raise Refused(_("Choose the item that is to be corrected"), "item")
        made.append(
            decide_many(person(), release, ticked(), decision, item=item, words=words or "")
        )

    if not attempt(form, decide):
        return shown_board(release_id, form)
    url = url_for("lists_bureau.bulk_decision", release_id=release_id, bulk_id=made[0].id)
    return done(url, _("Done for the ticked entries: see what became of each"))


def ticked() -> dict[int, int]:
    """Return the ticked entries with the version each was seen in."""
    given = request.form.getlist("entry")
    found = (re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", one) for one in given)
    return {int(match[1]): int(match[2]) for match in found if match}


@blueprint.get(BOARD + "/decisions/<int:bulk_id>")
@reader
def bulk_decision(release_id: int, bulk_id: int) -> Answer:
    """Show what was and was not done of a decision on many entries, and why."""
    release = get_release(release_id)
    found = get_bulk(release, bulk_id)
    return render_template(
        "lists/bulk_decision.html",
        release=release,
        edition=release.edition,
        bulk=found,
        done=[one for one in found.results if not one["why"]],
        left=[one for one in found.results if one["why"]],
        decision_names=DECISION_NAMES,
    )
