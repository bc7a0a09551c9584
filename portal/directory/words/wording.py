"""How an entry is put into words: its state, its figure, its details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from portal import clock
from portal.directory.queries.vocabulary import CITYWIDE_NAME
from portal.directory.words.values import chinese_block, plain_value_of, size_words, value_of
from portal.lists.models import Release
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.fields import FieldType
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.lists.terms.ledger import NOTED_AS_NAMES
from portal.lists.terms.shown import IN_TALKS, OPEN, STANDING
from portal.web.filters import chinese, day, in_language, named

SOON_DAYS = 14
Item = Mapping[str, Any]
OFFICIAL_NOTICE = "official_notice"  # the field of a procurement that leads to its notice
LEADS = {
    Kind.OPPORTUNITY: _l(
        "Projects, scenarios and needs for which public bodies and enterprises seek partners."
    ),
    Kind.SUPPLY: _l("New technologies, products and services that can be had in the city."),
    Kind.CASE: _l("New-economy practice: what was done, with what means, and what came of it."),
}
# For the templates, which know this module only.
__all__ = ["LIFE_NAMES", "NOTED_AS_NAMES", "chinese_block"]
PROSE = frozenset({FieldType.LONG_TEXT, FieldType.LIST, FieldType.TABLE})


@dataclass(frozen=True)
class Status:
    """A word with the class its mark has."""

    mark: str
    word: str


def status_of(row: Any) -> Status | None:
    """Return the state of an entry's row in a word; a case has none while it stands."""
    if row.state == OPEN:
        return open_status(row)
    if row.state == STANDING:
        return None if row.kind == Kind.CASE else Status("info", _("Standing"))
    if row.state == IN_TALKS:
        return Status("info", str(LIFE_NAMES[Life.IN_TALKS]))
    life = Life.EXPIRED if row.life == Life.OPEN else Life(row.life)
    return Status("info" if life in (Life.MATCHED, Life.FULFILLED) else "", str(LIFE_NAMES[life]))


def open_status(row: Any) -> Status | None:
    """Return the state of an entry that is open, with the days left when they are few."""
    if row.kind == Kind.CASE:
        return None
    if row.kind == Kind.SUPPLY:
        return Status("open", _("Available"))
    days = (row.closes_on - clock.today()).days if row.closes_on else None
    if days is not None and days <= SOON_DAYS:
        left = ngettext("%(num)d day left", "%(num)d days left", days) if days else _("Last day")
        return Status("soon", left)
    return Status("open", _("Open"))


def takes_questions(row: Any) -> bool:
    """Say whether the publisher of an entry may be asked about it."""
    return row.state in (OPEN, STANDING, IN_TALKS) and row.kind != Kind.CASE


def closing_words(row: Any) -> str:
    """Return when an entry closes, or that it stands; "" for one that was taken back."""
    if "withdrawn" in row.snapshot:
        return ""
    if row.closes_on and not row.standing:
        return str(_("Closes %(day)s", day=row.closes_on.isoformat()))
    if row.standing and row.kind == Kind.OPPORTUNITY:
        return str(_("Standing"))
    return ""


def figure_of(row: Any) -> str:
    """Return the figure that list rows show in bold, "" where the entry gives none."""
    for item in row.snapshot["details"]:
        if item["in_row"]:
            value = plain_value_of(item)
            if item["type"] == FieldType.MONEY:
                return str(_("%(label)s %(value)s", label=in_language(item, "label"), value=value))
            return value
    return ""


def files_of(row: Any) -> list[tuple[str, str, str]]:
    """Return the public files of an entry, as (name, address, type and size)."""
    return [
        (
            f"{in_language(item, 'label')}: {item['value']['name']}",
            url_for("directory.entry_file", number=row.number, key=item["key"]),
            size_words(item["value"]),
        )
        for item in row.snapshot["details"]
        if item["type"] == FieldType.FILE
    ]


def short_details(snapshot: Item) -> list[tuple[str, Any]]:
    """Return the details that stand among the facts, as (label, value)."""
    return [
        (in_language(item, "label"), value_of(item))
        for item in snapshot["details"]
        if item["type"] not in {*PROSE, FieldType.FILE} and item["key"] != OFFICIAL_NOTICE
    ]


def long_details(snapshot: Item) -> list[tuple[str, str, Any]]:
    """Return the details that stand as prose, as (tag of the heading, label, value).

    A list or table after a text belongs to it and is one level lower.
    """
    found: list[tuple[str, str, Any]] = []
    for item in snapshot["details"]:
        if item["type"] in PROSE:
            below = item["type"] != FieldType.LONG_TEXT and bool(found)
            heading = in_language(item, "label")
            found.append(("h3" if below else "h2", heading, value_of(item)))
    return found


def official_notice(snapshot: Item) -> str:
    """Return the address of the official notice of a procurement, "" for other entries."""
    return next(
        (str(item["value"]) for item in snapshot["details"] if item["key"] == OFFICIAL_NOTICE), ""
    )


def list_name(kind: str) -> str:
    """Return the name of a list."""
    return str(KIND_NAMES[Kind(kind)])


def unit_of_list(kind: str) -> str:
    """Return the word that counts what a list holds."""
    return str(_("cases") if kind == Kind.CASE else _("entries"))


def list_lead(kind: str) -> str:
    """Return what a list is, in one sentence."""
    return str(LEADS[Kind(kind)])


def facts_of(row: Any, *, linked: bool = True) -> list[tuple[str, Any]]:
    """Return the facts of an entry in their order; empty ones are left out where they are drawn.
    Before its edition is public nothing leads there: `linked` is False."""
    said = row.snapshot
    return [
        (_("Kind"), named(said["subtype"])),
        (_("Field"), named(said["field"]) if said["field"] else ""),
        (_("Place in the chain"), node_of(said)),
        (_("Place"), place_of(said)),
        *short_details(said),
        (_("Open period"), period_of(said)),
        (_("Lead bodies"), names_of(said["leads"])),
        (_("Cooperating bodies"), names_of(said["cooperating"])),
        (_("Basis"), chinese(said["basis"])),
        (_("List"), edition_link(row) if linked else named(row, "title")),
        (_("Carries on"), entry_link(said.get("continues"))),
        (_("Document number"), document_of(row)),
    ]


def place_of(said: Item) -> Markup:
    """Return district and zone of an entry, or that it is citywide."""
    places = [named(said[name]) for name in ("district", "zone") if said[name]]
    return escape(_(", ")).join(places) if places else escape(CITYWIDE_NAME)


def node_of(said: Item) -> Markup:
    """Return the place of an entry in a chain, the chain first; "" for none."""
    node = said.get("node")
    places = [named(place) for place in (node["chain"], node) if place] if node else []
    return Markup(" · ").join(places)


def period_of(said: Item) -> str:
    """Return from when until when an entry is open."""
    if said["standing"]:
        return str(_("Standing"))
    if said["opens_on"] and said["closes_on"]:
        return str(_("%(start)s to %(end)s", start=said["opens_on"], end=said["closes_on"]))
    return str(_("Until %(day)s", day=said["closes_on"])) if said["closes_on"] else ""


def names_of(bodies: Iterable[Item]) -> Markup:
    """Return the names of bodies in their order."""
    return escape(_(", ")).join(named(body) for body in bodies)


def edition_link(row: Any) -> Markup:
    """Return the edition an entry belongs to, as a link, with the number of its release."""
    address = url_for("directory.edition", year=row.year, kind=row.kind)
    name = Markup('<a href="{}">{}</a>').format(address, named(row, "title"))
    return escape(_("%(edition)s (release %(number)s)")) % {"edition": name, "number": row.release}


def entry_link(number: str | None) -> Markup | str:
    """Return the number of another published entry as a link, "" for none."""
    if not number:
        return ""
    address = url_for("directory.entry", number=number)
    return Markup('<a href="{}">{}</a>').format(address, number)


def document_of(row: Any) -> str:
    """Return the document number of the release with its date; a number of its own."""
    if not row.document_no:
        return ""
    if row.dated_on is None:
        return str(row.document_no)
    return str(
        _("%(number)s (dated %(day)s)", number=row.document_no, day=row.dated_on.isoformat())
    )


def tel(number: str) -> str:
    """Return a telephone number as a tel: link writes it."""
    return re.sub(r"[^0-9+]", "", number)


def release_facts(release: Release) -> list[tuple[str, Any]]:
    """Return what a release was issued as: document, date, who signed when, check code."""
    signed = [
        escape(_("%(body)s on %(day)s"))
        % {"body": named(sign_off.department), "day": sign_off.signed_on.isoformat()}
        for sign_off in release.sign_offs
        if sign_off.is_in_force
    ]
    return [
        (_("Document number"), chinese(release.document_no)),
        (_("Dated"), day(release.dated_on)),
        (_("Published"), day(release.published_at)),
        (_("Version"), release.content_version),
        (_("Signed by"), escape(_(", ")).join(signed)),
        (_("Check code"), Markup("<code>{}</code>").format(release.check_code or "")),
    ]
