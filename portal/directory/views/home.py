"""The home page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from portal import clock
from portal.directory.queries import home as figures
from portal.directory.queries.editions import count_by_state, latest_releases
from portal.directory.queries.entries import newest
from portal.directory.queries.vocabulary import CITYWIDE_NAME, Vocabulary, vocabulary
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.notices.queries import latest
from portal.plan.queries import TargetProgress, all_targets, current_plan, plans_as_they_stand
from portal.taxonomy.terms import CITYWIDE, Scheme
from portal.web.display import speaks_english
from portal.web.drawn_pages import drawn_from
from portal.web.filters import in_language, named
from portal.web.page_cache import once_for_state

SCHEMES = (Scheme.DISTRICT, Scheme.FIELD, Scheme.CHAIN, Scheme.NODE)
STAGE_NAMES = {
    "upstream": _l("Upstream"),
    "midstream": _l("Midstream"),
    "downstream": _l("Downstream"),
    "parallel": _l("Side by side"),
}


class Facts(NamedTuple):
    """All that the home page shows, as plain values."""

    words: Vocabulary
    doors: tuple[tuple[Kind, int, int, Any], ...]  # list, entries, open ones, latest release
    newest: tuple[Any, ...]
    news: tuple[Any, ...]
    registered: figures.Registered
    plans: tuple[Any, ...]
    places: tuple[tuple[str, int], ...]  # district, opportunities open there
    chain: figures.Chain | None


def home() -> bytes | str:
    """Show what there is: the lists, the registry, the plan and where to begin."""
    facts = facts_of(vocabulary(*SCHEMES))
    return drawn_from("directory/home.html", facts, lambda: shown(facts))


@once_for_state
def facts_of(words: Vocabulary) -> Facts:
    """Read what the home page shows."""
    asked = current_app.extensions["site"].headline_titles
    return Facts(
        words=words,
        doors=tuple(doors()),
        newest=tuple(newest(Kind.OPPORTUNITY, 5)),
        news=tuple(latest(6)),
        registered=figures.registered(item.kinds for item in asked),
        plans=plans_as_they_stand(),
        places=tuple(figures.open_by_district(words).items()),
        chain=figures.first_chain(words),
    )


def shown(facts: Facts) -> dict[str, Any]:
    """Return what the templates of the home page draw."""
    plan = current_plan()
    targets = all_targets(plan) if plan else []
    return {
        "doors": {
            str(kind): {"total": total, "open": still_open, "release": release}
            for kind, total, still_open, release in facts.doors
        },
        "newest": facts.newest,
        "news": news(facts),
        "counters": counters(facts.registered),
        "plan": plan,
        "targets": targets,
        "headline": headline(targets),
        "tiles": tiles(facts),
        "chain": chain(facts.chain),
        "today": clock.today(),
    }


def news(facts: Facts) -> list[tuple[Any, str, Any]]:
    """Return the latest policies and notices as (title, address, day)."""
    return [
        (named(row, "title"), url_for("directory.policy", slug=row.slug), row.published_on)
        for row in facts.news
    ]


def chain(found: figures.Chain | None) -> dict[str, Any] | None:
    """Return a chain as the component draws it."""
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


def doors() -> Iterator[tuple[Kind, int, int, Any]]:
    """Yield per list its total, what is open of it and its latest release."""
    releases = latest_releases()
    for kind in Kind:
        counts = count_by_state(kind)
        still_open = sum(counts.get(state, 0) for state in AVAILABLE)
        yield kind, sum(counts.values()), still_open, releases.get(kind)


def counters(found: figures.Registered) -> dict[str, Any]:
    """Return the registry's counters as the component draws them, and whether samples count."""
    asked = current_app.extensions["site"].headline_titles
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


def tiles(facts: Facts) -> list[tuple[int, int, Any, str, int, str]]:
    """Return the districts as tiles of the map: row, column, tint, name, number, address."""
    site = current_app.extensions["site"]
    counts = dict(facts.places)
    tints = figures.tints({slug: n for slug, n in counts.items() if slug != CITYWIDE})
    names = {word.slug: in_language(word) for word in facts.words.of(Scheme.DISTRICT)}
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
