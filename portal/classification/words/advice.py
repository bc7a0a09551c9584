"""What to do next: facts to state, changes that would meet what is short, and what each brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.classification.criteria.explanation import Result
from portal.classification.criteria.size_table import SIZE
from portal.classification.words.values import (
    Metrics,
    fact_name,
    is_open,
    name_of,
    points_words,
    sentences,
    value_words,
)
from portal.enterprises.terms.figures import GROUP_NAMES, FilledBy, Group

Item = Mapping[str, Any]
Explanation = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Where facts are stated: a year's form of a group of figures; `group` is empty for what is
    no figure, then `metric` says what it is."""

    year: int | None
    group: str
    metric: str = ""


@dataclass(frozen=True)
class Advice:
    """One thing to do: what, what it brings, how; `pages` lead to where facts are stated."""

    name: str
    gain: str = ""
    text: str = ""
    page: Page | None = None


def missing_facts(explanation: Explanation) -> dict[tuple[str, int | None], Item]:
    """Return every fact whose absence keeps the verdict open, by metric and year."""
    wanted = set(explanation["missing"])
    return {
        (one["metric"], one["year"]): one
        for one in every_value(explanation)
        if is_open(one) and ref_text(one) in wanted
    }


def missing_with_size(explanation: Explanation, size: Explanation | None) -> list[Item]:
    """Return the missing facts; for a size class, which nobody states, what it follows from."""
    found = missing_facts(explanation)
    derived = [key for key in found if key[0] == SIZE]
    if derived and size is not None:
        found = missing_facts(size) | found
    return [item for key, item in found.items() if key not in derived]


def every_value(explanation: Explanation) -> Iterator[Item]:
    """Yield all values an explanation names, of criteria and indicators."""
    waiting = list(explanation["criteria"])
    while waiting:
        node = waiting.pop(0)
        yield from node.get("values", ())
        waiting += node["parts"]
    for dimension in explanation["dimensions"]:
        for indicator in dimension["indicators"]:
            yield from indicator["values"]
    for row in (explanation["size"] or {}).get("rows", ()):
        yield from row["figures"]


def ref_text(item: Item) -> str:
    """Return a fact as the engine names it: revenue@Y0."""
    return f"{item['metric']}@{item['period']}" if item["period"] else str(item["metric"])


def page_for(item: Item, metrics: Metrics) -> Page:
    """Return where a fact is stated."""
    metric = metrics.get(item["metric"])
    if metric is None or metric.filled_by == FilledBy.OFFICER:
        return Page(item["year"], "", item["metric"])
    return Page(item["year"], metric.group)


def by_page(items: Iterable[Item], metrics: Metrics) -> dict[Page, list[Item]]:
    """Return facts by the form on which they are stated, in their order."""
    found: dict[Page, list[Item]] = {}
    for item in items:
        found.setdefault(page_for(item, metrics), []).append(item)
    return found


def page_name(page: Page, items: list[Item]) -> str:
    """Return what to do on a page: state the one fact by its name, several by their group."""
    if len(items) == 1 or not page.group:
        return str(_("State: %(fact)s", fact=fact_name(items[0])))
    group = GROUP_NAMES[Group(page.group)]
    if page.year is None:
        return str(_("State %(group)s", group=group))
    return str(_("State %(group)s of %(year)s", group=group, year=page.year))


def advice_for(
    explanation: Explanation, metrics: Metrics, size: Explanation | None
) -> list[Advice]:
    """Return what to do for one title: state what is missing, then change what is short."""
    stating = []
    for page, items in by_page(missing_with_size(explanation, size), metrics).items():
        if page.group:
            gain = possible_points(explanation, items)
            name, text = page_name(page, items), names_of(items) if len(items) > 1 else ""
            stating.append((gain, Advice(name, gain_words(gain), text, page)))
    stating.sort(key=lambda one: -one[0])
    return [one for _gain, one in stating] + [*changing(explanation, metrics)]


def names_of(items: Iterable[Item]) -> str:
    """Return the names of facts, one after the other."""
    return str(_(", ")).join(name_of(item) for item in items)


def possible_points(explanation: Explanation, items: list[Item]) -> float:
    """Return by how many points at most the certain score rises when these facts are known."""
    stated = {ref_text(item) for item in items}
    return sum(
        indicator["points"][1] - indicator["points"][0]
        for dimension in explanation["dimensions"]
        for indicator in dimension["indicators"]
        if stated & set(indicator["missing"])
    )


def gain_words(points: float) -> str:
    """Return the most that can be gained, nothing where no points are at stake."""
    if not points:
        return ""
    return str(_("up to +%(points)s points", points=points_words([points, points])))


def changing(explanation: Explanation, metrics: Metrics) -> Iterator[Advice]:
    """Yield the smallest change for each criterion that is short; for a score, its ways."""
    for node in explanation["criteria"]:
        if node["result"] == Result.UNMET and node["changes"] and "points" not in node:
            yield Advice(name_of(node), text=change_words(node["changes"][0], metrics))
    seen: set[str] = set()
    for node in explanation["criteria"]:
        for way in ways_in(node):
            if way["indicator"] not in seen:
                seen.add(way["indicator"])
                points = points_words([way["gain"]] * 2)
                gain = _("+%(points)s points", points=points)
                yield Advice(name_of(way), str(gain), change_words(way["change"], metrics))


def ways_in(node: Item) -> Iterator[Item]:
    """Yield the ways to more points of a criterion and its parts."""
    yield from node.get("ways", ())
    for part in node["parts"]:
        yield from ways_in(part)


def change_words(change: Item, metrics: Metrics) -> str:
    """Return a change as a sentence, with what it assumes and that past years are past."""
    steps = str(_("; ")).join(step_words(step, metrics) for step in change["steps"])
    words = [str(_("%(steps)s.", steps=steps))]
    assumed = name_of(change["assumes"])
    if assumed:
        words.append(str(_("Assumed: %(assumed)s.", assumed=assumed)))
    if any(step["year"] is not None for step in change["steps"]):
        words.append(str(_("A year that is over does not change: this is a mark for the next.")))
    return sentences(words)


def step_words(step: Item, metrics: Metrics) -> str:
    """Return one fact from what to what."""
    fact = fact_name(step)
    wanted = step["any_of"] or step["to"]
    after = value_words(wanted, step["unit"], step["metric"], metrics)
    before = value_words(step["value"], step["unit"], step["metric"], metrics)
    if step["metric"] == "application_date":
        return str(_("apply on %(day)s or later", day=after))
    if not before or isinstance(step["to"], bool | str) or step["any_of"]:
        return str(_("%(fact)s: %(after)s", fact=fact, after=after))
    return str(_("%(fact)s from %(before)s to %(after)s", fact=fact, before=before, after=after))


def judgements(explanation: Explanation) -> list[str]:
    """Return the criteria that only a reviewer can decide."""
    return [name_of(node) for node in explanation["criteria"] if node["result"] == Result.JUDGEMENT]


def verdict_words(explanation: Explanation) -> str:
    """Return the pre-check in a line; it never says that a title is recognised."""
    results = [node["result"] for node in explanation["criteria"]]
    unmet = results.count(Result.UNMET)
    missing = len(explanation["missing"]) - len(explanation["awaited"])
    if explanation["verdict"] == "met":
        return str(_("Pre-check: all criteria met on the data given"))
    if unmet:
        return str(
            ngettext(
                "Pre-check: %(num)d criterion not met on the data given",
                "Pre-check: %(num)d criteria not met on the data given",
                unmet,
            )
        )
    if results.count(Result.MISSING):
        return str(
            ngettext(
                "Pre-check: cannot be determined, %(num)d fact is missing",
                "Pre-check: cannot be determined, %(num)d facts are missing",
                missing,
            )
        )
    return str(_("Pre-check: only a reviewer’s judgement is open"))
