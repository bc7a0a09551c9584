"""Titles and qualifications: what they are, who grants them, who holds or held them on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.classification import parsed_rules
from portal.classification.models.titles import TitleKind
from portal.classification.queries.counts import Sought, holders
from portal.classification.queries.titles import Held, get_title_kind
from portal.classification.queries.versions import InForce, versions_in_force
from portal.classification.rules.titles import levels_at_least
from portal.classification.terms.titles import LEVEL_NAMES, STANDING_NAMES, Level
from portal.classification.words.rule_values import spoken
from portal.classification.words.rules import CONFIDENCE_WORDS, RulesInWords, rules_in_words
from portal.directory.files.names import dated_name
from portal.directory.queries.titles import (
    count_before,
    count_holders,
    every_title,
    family_of,
    held_today,
    page_of_before,
    title_kinds,
)
from portal.directory.queries.vocabulary import vocabulary
from portal.taxonomy.terms import Scheme
from portal.web.csv import csv_response
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of


@dataclass(frozen=True)
class Asked:
    """What is asked of a title's page, as the query string says it."""

    on: date
    known: date | None
    level: str
    past: bool

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """Return the query string of the same question with these changes; what is plain stays
        out of the address."""
        on = self.on.isoformat() if self.on != clock.today() else None
        known = self.known.isoformat() if self.known else None
        past = 1 if self.past else None
        return {"on": on, "known": known, "level": self.level or None, "past": past} | changes


def titles() -> str:
    """List the titles, those the city grants apart from those it records."""
    today = clock.today()
    kinds = title_kinds()
    return render_template(
        "directory/titles.html",
        granted=[kind for kind in kinds if kind.granted_here],
        recorded=[kind for kind in kinds if not kind.granted_here],
        held=held_today(),
        today=today,
    )


def title(slug: str) -> str:
    """Show a title: what it is, its criteria, who holds or held it on a day."""
    kind = get_title_kind(slug)
    asked = asked_of_request(kind)
    sought = sought_by(kind, asked)
    counted, before = count_holders(sought), count_before(sought)
    page = page_of(before if asked.past else counted.number, asked_page())
    return render_template(
        "directory/title.html",
        kind=kind,
        family=family_of(kind),
        asked=asked,
        today=clock.today(),
        page=page,
        number=counted.number,
        before=before,
        holders=[] if asked.past else holders(sought, offset=page.offset, limit=page.size),
        past=page_of_before(sought, page.offset, page.size) if asked.past else [],
        districts=counted.districts,
        industries=industries_of(counted.industries),
        words=vocabulary(Scheme.DISTRICT),
        thresholds=thresholds(kind),
        level_names=LEVEL_NAMES,
        rules=rules_of(kind, asked.on),
        say=spoken,
        confidence_words=CONFIDENCE_WORDS,
        address=lambda **changes: url_for(
            "directory.title", slug=slug, **asked.parameters(**changes)
        ),
        file=url_for("directory.title_csv", slug=slug, **asked.parameters()),
    )


def industries_of(counted: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """Return (industry division, holders), the most first, those alike as they stand in their
    vocabulary; divisions without any left out."""
    words = vocabulary(Scheme.INDUSTRY).words
    found = [(word, counted[word.id]) for word in words if counted.get(word.id)]
    return sorted(found, key=lambda pair: -pair[1])


def rules_of(kind: TitleKind, on: date) -> list[tuple[InForce, RulesInWords]]:
    """Return the criteria in force on a day, in plain words; those of studies last."""
    found = [one for one in versions_in_force(on) if one.version.title == kind.slug]
    found.sort(key=lambda one: one.version.indicative)
    words = parsed_rules.vocabulary()
    return [(one, rules_in_words(one.version, words)) for one in found]


def thresholds(kind: TitleKind) -> list[tuple[str, str]]:
    """Return the thresholds a title of several levels can be asked by: 省级以上 has national."""
    if len(kind.levels) < 2:
        return []
    names = {
        Level.NATIONAL: _("National level only"),
        Level.PROVINCIAL: _("Provincial level and above"),
        Level.CITY: _("City level and above"),
        Level.OTHER: _("Published lists"),
    }
    return [("", _("Any level")), *((str(level), names[Level(level)]) for level in kind.levels)]


def title_csv(slug: str) -> Response:
    """Send the titles of the same question as a file, streamed."""
    kind = get_title_kind(slug)
    asked = asked_of_request(kind)
    rows = cells(every_title(sought_by(kind, asked), asked.past))
    return csv_response(dated_name(f"titles-{slug}"), header(), rows)


def header() -> list[str]:
    """Return the heads of the file's columns."""
    return [
        _("Name of the enterprise"),
        _("Unified social credit code"),
        _("District or county"),
        _("Industry division"),
        _("Level"),
        _("Product, platform or project"),
        _("Number"),
        _("Batch"),
        _("Granted on"),
        _("Valid from"),
        _("Valid until"),
        _("State"),
        _("Source document: title"),
        _("Source document: number"),
        _("Source document: date"),
        _("Sample"),
    ]


def cells(rows: Iterator[Held]) -> Iterator[list[object]]:
    """Yield the file's rows."""
    for held in rows:
        one, firm = held.title, held.title.enterprise
        yield [
            firm.name,
            firm.uscc,
            in_language(firm.district) if firm.district else "",
            in_language(firm.industry) if firm.industry else "",
            str(LEVEL_NAMES[Level(one.level)]),
            one.subject,
            one.number,
            one.batch,
            one.granted_on,
            one.valid_from,
            one.valid_until,
            str(STANDING_NAMES[held.standing]),
            one.source_title,
            one.source_number,
            one.source_date,
            _("Sample") if firm.is_sample else "",
        ]


def asked_of_request(kind: TitleKind) -> Asked:
    """Return what the query string asks for; a day that is none ends in the 400 page. Nobody holds
    a title on a day to come yet: it is answered for today."""
    level, today = request.args.get("level", ""), clock.today()
    return Asked(
        on=min(asked_day("on") or today, today),
        known=asked_day("known"),
        level=level if level in kind.levels and len(kind.levels) > 1 else "",
        past=request.args.get("past") == "1",
    )


def asked_day(name: str) -> date | None:
    """Return a day of the query string, None when absent."""
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        abort(400)


def sought_by(kind: TitleKind, asked: Asked) -> Sought:
    """Return whose holders are asked for; what was known on a day was known at its end."""
    known_at = end_of(asked.known) if asked.known else None
    levels = levels_at_least(Level(asked.level)) if asked.level else ()
    return Sought(kind, asked.on, known_at, levels)


def end_of(day: date) -> datetime:
    """Return the last moment of a day in the city."""
    try:
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.city_zone())
    except OverflowError:
        abort(400)
