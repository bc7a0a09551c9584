"""How an enterprise's public profile and the titles it holds are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from portal.classification.models.titles import Title, TitleKind
from portal.classification.terms.titles import LEVEL_NAMES, STANDING_NAMES, Level, Standing
from portal.directory.queries.held import HeldTitle
from portal.directory.queries.profile_parts import metrics
from portal.directory.queries.profiles import Record
from portal.enterprises.terms.figures import SOURCE_NAMES, Source
from portal.enterprises.words import figures as figure_words
from portal.web.filters import chinese, day, money, named

MARKS = {Standing.VALID: "pass", Standing.EXPIRING: "soon", Standing.REVOKED: "fail"}


def head_of(enterprise: Record) -> list[Any]:
    """Return what stands below the name: code, age, place, node."""
    places = [named(place) for place in (enterprise.district, enterprise.zone) if place]
    return [
        _("Unified social credit code %(code)s", code=enterprise.uscc),
        *year_of(enterprise),
        *([Markup(" · ").join(places)] if places else []),
        *node_of(enterprise),
    ]


def year_of(enterprise: Record) -> list[str]:
    """Return in which year the enterprise was established, if that is known."""
    if enterprise.established_on is None:
        return []
    return [_("Established in %(year)d", year=enterprise.established_on.year)]


def node_of(enterprise: Record) -> list[str]:
    """Return the enterprise's place in its chain, if it has one."""
    if enterprise.node is None:
        return []
    return [_("Place in the chain: %(node)s", node=named(enterprise.node))]


def registration_of(enterprise: Record) -> list[tuple[str, Any]]:
    """Return the registered facts."""
    pillars = escape(_(", ")).join(named(pillar) for pillar in enterprise.pillars)
    return [
        (_("Registered capital"), money(enterprise.registered_capital)),
        (_("Established on"), day(enterprise.established_on)),
        (_("Industry division"), named(enterprise.industry) if enterprise.industry else ""),
        (_("Key industry"), named(enterprise.key_industry) if enterprise.key_industry else ""),
        (_("The four new"), pillars),
        (_("Former names"), Markup("<br>").join(map(former_name, enterprise.past_names))),
    ]


def former_name(past: Any) -> Markup:
    """Return a former name with its period, as far as that is known."""
    name = chinese(past.name)
    if past.valid_from and past.valid_until:
        begin, end = day(past.valid_from), day(past.valid_until)
        return name + _(" (%(begin)s to %(end)s)", begin=begin, end=end)
    if past.valid_until:
        return name + _(" (until %(day)s)", day=day(past.valid_until))
    return name


def figures_of(figures: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """Return the figures an enterprise shows: name with year, value with source."""
    every = metrics() if figures else {}
    return tuple(
        (figure_words.title(every[row.metric], row.year), figure_of(every[row.metric], row))
        for row in figures
    )


def figure_of(metric: Any, figure: Any) -> str:
    """Return a figure with what is counted, who says so and of which day."""
    return str(
        _(
            "%(value)s (%(source)s, as of %(day)s)",
            value=figure_words.value(metric, figure),
            source=SOURCE_NAMES[Source(figure.source)],
            day=day(figure.as_of),
        )
    )


def standing_of(standing: Standing) -> tuple[str, str]:
    """Return how a title stands as (class of the mark, word)."""
    return MARKS.get(standing, ""), str(STANDING_NAMES[standing])


def badge_state(held: HeldTitle) -> str:
    """Return the class of a title's badge: expiring, or lapsed for whatever no longer counts."""
    if held.standing == Standing.EXPIRING:
        return "expiring"
    return "" if held.counts else "lapsed"


def validity_of(title: Title | HeldTitle) -> str:
    """Return from when until when a title is valid."""
    start, end = day(title.valid_from), day(title.valid_until)
    if not end:
        return str(_("Valid from %(start)s, without an end", start=start))
    return str(_("Valid from %(start)s to %(end)s", start=start, end=end))


def facts_of_kind(kind: TitleKind) -> list[tuple[str, Any]]:
    """Return who grants a title, for how long, on what basis and where to apply."""
    levels = _(", ").join(str(LEVEL_NAMES[Level(level)]) for level in kind.levels)
    months = kind.validity_months
    return [
        (_("Granted by"), named(kind, "grantor")),
        (_("Level"), levels),
        (_("Lead department"), named(kind.lead_department) if kind.lead_department else ""),
        (_("Validity"), ngettext("%(num)d month", "%(num)d months", months) if months else ""),
        (_("Basis"), chinese(kind.source)),
        (_("Where to apply"), chinese(kind.official_platform_zh)),
    ]
