"""The home page."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal import clock
from portal.directory.queries import home as figures
from portal.directory.queries.editions import count_by_state, latest_releases
from portal.directory.queries.entries import newest
from portal.directory.queries.vocabulary import CITYWIDE_NAME, Vocabulary, vocabulary
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.notices.queries import latest
from portal.plan.queries import TargetProgress, all_targets, current_plan
from portal.taxonomy.terms import CITYWIDE, Scheme
from portal.web.display import speaks_english
from portal.web.drawn import here
from portal.web.drawn_pages import drawn_page
from portal.web.filters import in_language, named
from portal.web.page_cache import once_for_state

SCHEMES = (Scheme.DISTRICT, Scheme.FIELD, Scheme.CHAIN, Scheme.NODE)
STAGE_NAMES = {
    "upstream": _l("Upstream"),
    "midstream": _l("Midstream"),
    "downstream": _l("Downstream"),
    "parallel": _l("Side by side"),
}


def home() -> bytes | str:
    """Show what there is: the lists, the registry, the plan and where to begin."""
    shown = main(*here())
    return drawn_page("directory/home.html", (shown,), main=shown)


@once_for_state
def main(_language: str, _root: str) -> Markup:
    """Draw what the home page says: alike for everybody of a language."""
    words = vocabulary(*SCHEMES)
    plan = current_plan()
    targets = all_targets(plan) if plan else []
    drawn = render_template(
        "directory/home_main.html",
        doors=doors(),
        newest=newest(Kind.OPPORTUNITY, 5),
        news=news(),
        counters=counters(),
        plan=plan,
        targets=targets,
        headline=headline(targets),
        tiles=tiles(words),
        chain=chain(words),
        today=clock.today(),
    )
    return Markup(drawn)  # noqa: S704 a template escapes


def news() -> list[tuple[Any, str, Any]]:
    """Return the latest policies and notices as (title, address, day)."""
    return [
        (named(row, "title"), url_for("directory.policy", slug=row.slug), row.published_on)
        for row in latest(6)
    ]


def chain(words: Vocabulary) -> dict[str, Any] | None:
    """Return the first chain as the component draws it, None where there is none."""
    found = figures.first_chain(words)
    if found is None:
        return None
    stages = [
        (
            STAGE_NAMES[position],
            [(named(node), url_for("directory.registry", node=node.slug), n) for node, n in nodes],
        )
        for position, nodes in found.stages
    ]
    return {"name": named(found.word), "stages": stages}


def doors() -> dict[str, dict[str, Any]]:
    """Return per list its total, what is open of it and its latest release."""
    counts = {kind: count_by_state(kind) for kind in Kind}
    releases = latest_releases()
    return {
        str(kind): {
            "total": sum(counts[kind].values()),
            "open": sum(counts[kind].get(state, 0) for state in AVAILABLE),
            "release": releases.get(kind),
        }
        for kind in Kind
    }


def counters() -> dict[str, Any]:
    """Return the registry's counters as the component draws them, and whether samples count."""
    asked = current_app.extensions["site"].headline_titles
    found = figures.registered(item.kinds for item in asked)
    items = [
        (
            count,
            item.unit_en if speaks_english() else item.unit_zh,
            in_language(item, "label"),
            in_language(item, "note"),
            url_for("directory.registry", title=families or None),
        )
        for item, count, families in zip(asked, found.counts, found.families, strict=True)
    ]
    return {"list": items, "has_samples": found.has_samples}


def headline(targets: list[TargetProgress]) -> list[tuple[str, Any, Any, str]]:
    """Return the headline targets as (label, approved value or None, target, its words)."""
    by_code = {progress.target.code: progress for progress in targets}
    return [
        (
            in_language(item, "label"),
            progress.observation.value if progress.observation else None,
            progress.target.value,
            in_language(progress.target, "words"),
        )
        for item in current_app.extensions["site"].headline_targets
        if (progress := by_code.get(item.target)) and progress.target.value is not None
    ]


def tiles(words: Vocabulary) -> list[tuple[int, int, Any, str, int, str]]:
    """Return the districts as tiles of the map: row, column, tint, name, number, address."""
    site = current_app.extensions["site"]
    counts = figures.open_by_district(words)
    tints = figures.tints({slug: n for slug, n in counts.items() if slug != CITYWIDE})
    names = {word.slug: in_language(word) for word in words.of(Scheme.DISTRICT)}
    found: list[tuple[int, int, Any, str, int, str]] = [
        (t.row, t.column, tints[t.district], names[t.district], counts[t.district], at(t.district))
        for t in site.tiles
        if t.district in names
    ]
    whole = site.citywide_tile
    citywide = (
        whole.row,
        whole.column,
        "whole",
        str(CITYWIDE_NAME),
        counts[CITYWIDE],
        at(CITYWIDE),
    )
    return [*found, citywide]


def at(district: str) -> str:
    """Return the list of the opportunities that are open in a district."""
    return url_for(
        "directory.published_list", kind=Kind.OPPORTUNITY, state=list(AVAILABLE), district=district
    )
