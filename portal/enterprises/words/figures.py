"""How figures are written on pages, for members, officers and the public alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask_babel import gettext as _
from markupsafe import Markup

from portal.enterprises.models import Figure, Metric
from portal.enterprises.terms.figures import UNIT_WORDS, Kind, Unit
from portal.web.display import speaks_english
from portal.web.filters import chinese, in_language, money, plain_number


def label(metric: Metric) -> str:
    """Return a metric's name in the reader's language."""
    return in_language(metric)


def scope(metric: Metric) -> str:
    """Return what exactly is counted, "" where the name says it."""
    return in_language(metric, "scope")


def unit(metric: Metric) -> str:
    """Return the word beside the field, "" for yes or no and choices."""
    return str(UNIT_WORDS.get(Unit(metric.unit), ""))


def value(metric: Metric, figure: Figure) -> str:
    """Return a figure as it is read: 2240万元, 35%, 是, 省级."""
    return words_of(metric, figure.value)


def words_of(metric: Metric, text: str) -> str:
    """Return a kept text as it is read."""
    if metric.kind == Kind.BOOL:
        return str(_("Yes") if text == "true" else _("No"))
    if metric.kind == Kind.CHOICE:
        names = {choice["slug"]: choice for choice in metric.choices}
        return names[text]["en" if speaks_english() else "zh"] if text in names else text
    if metric.unit == Unit.WAN:
        return money(Decimal(text))
    if metric.kind in (Kind.CODE, Kind.DATE):
        return text
    if metric.unit == Unit.RANK:
        return str(_("no. %(rank)s", rank=text) if text != "0" else _("unranked"))
    if metric.unit == Unit.RATIO:
        return f"{plain_number(Decimal(text) * 100)}%"
    return str(
        _("%(number)s %(unit)s", number=plain_number(Decimal(text)), unit=unit_after(metric))
    )


def unit_after(metric: Metric) -> str:
    """Return the unit as it follows a figure in a sentence."""
    return str(_("level") if metric.unit == Unit.LEVEL else unit(metric))


def period(year: int | None) -> str:
    """Return what a year is called, and what stands without one."""
    return str(_("Without a year") if year is None else _("Year %(year)d", year=year))


def heading(group: object, year: int | None) -> str:
    """Return a group's name with its year: 2025年收入与利润."""
    return str(group) if year is None else str(_("%(name)s in %(year)d", name=group, year=year))


def title(metric: Metric, year: int | None) -> Markup:
    """Return a figure's name with its year: 2025年营业收入."""
    name = label(metric)
    if year is not None:
        name = str(_("%(name)s in %(year)d", name=name, year=year))
    return chinese(name)


def side_by_side(
    figures: Iterable[Figure],
) -> dict[tuple[str, int | None], list[Figure]]:
    """Return the rows of every source by metric and year."""
    found: dict[tuple[str, int | None], list[Figure]] = {}
    for figure in figures:
        found.setdefault((figure.metric, figure.year), []).append(figure)
    return found


def conflicts(
    figures: Iterable[Figure], metrics: Mapping[str, Metric]
) -> list[tuple[Metric, int | None, list[Figure]]]:
    """Return the figures for which sources do not say the same."""
    return [
        (metrics[code], year, rows)
        for (code, year), rows in side_by_side(figures).items()
        if len({row.value for row in rows}) > 1
    ]
