"""The passport (梯度护照): one enterprise, every title at once, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from portal.classification.applying import Applying, Window, applying_for
from portal.classification.criteria.evaluation import with_size
from portal.classification.criteria.facts import Facts
from portal.classification.criteria.library import SIZES
from portal.classification.models.titles import TitleKind
from portal.classification.queries.facts import registered
from portal.classification.queries.prechecks import Rules, Standing
from portal.classification.queries.titles import Held, title_kinds, titles_of
from portal.classification.rules.assessments import Explanation
from portal.classification.terms.assessments import Gap
from portal.classification.terms.titles import Standing as TitleStanding
from portal.classification.words.advice import (
    Advice,
    Page,
    by_page,
    change_words,
    missing_with_size,
    names_of,
    page_name,
    verdict_words,
)
from portal.classification.words.values import Metrics, name_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import metrics
from portal.errors import NotFound
from portal.web.filters import in_language, long_day

MOST_ADVICE = 8
READY = frozenset({Gap.NONE, Gap.JUDGEMENT})


@dataclass(frozen=True)
class Line:
    """One series: how the enterprise stands by it, what it holds, where it is applied for."""

    standing: Standing
    kind: TitleKind | None
    held: Held | None
    applying: Applying

    @property
    def series(self) -> str:
        return self.standing.version.series

    @property
    def explanation(self) -> Explanation:
        return self.standing.explanation

    @property
    def gap(self) -> Gap:
        return self.standing.judged.gap

    @property
    def name(self) -> str:
        """The title's name, else the version's."""
        return in_language(self.kind) if self.kind else name_of(self.explanation)

    @property
    def counts(self) -> bool:
        """Whether the title is held and valid."""
        return self.held is not None and self.held.counts

    @property
    def unmet(self) -> list[str]:
        """The criteria that are short."""
        return [name_of(one) for one in self.standing.judged.summary["unmet"]]

    @property
    def missing(self) -> int:
        """How many facts are missing."""
        return len(self.standing.judged.summary["missing"])

    def window(self, on: date) -> Window | None:
        """The window that is open or comes next, else the last that closed."""
        coming = [one for one in self.applying.windows if not one.is_past(on)]
        return coming[0] if coming else next(iter(self.applying.windows[-1:]), None)


@dataclass(frozen=True)
class Passport:
    """Everything a page of an enterprise's pre-checks shows, as of a day."""

    enterprise: Enterprise
    on: date
    lines: tuple[Line, ...]
    size: Standing | None
    held: tuple[Held, ...]
    metrics: Metrics
    facts: Facts

    def line(self, series: str) -> Line:
        """Return the line of a series; raises NotFound."""
        for line in self.lines:
            if line.series == series:
                return line
        raise NotFound

    @property
    def size_explanation(self) -> Explanation | None:
        """How the size class follows from the facts, None where no table is in force."""
        return self.size.explanation if self.size else None

    @cached_property
    def advice(self) -> list[Advice]:
        """What to do next, what brings most first."""
        return [*renewals(self), *applications(self), *filling(self)][:MOST_ADVICE]


def passport_of(enterprise: Enterprise, on: date) -> Passport:
    """Read and judge what the registry knows of an enterprise, as of a day."""
    known, rules = registered([enterprise.id], on)[enterprise.id], Rules(on)
    standings = rules.standings(known)
    kinds = {kind.slug: kind for kind in title_kinds()}
    held = titles_of(enterprise.id, on)
    order = {slug: place for place, slug in enumerate(kinds)}
    lines = [
        Line(one, kinds.get(slug), held_of(slug, held), applying_for(one.version.series))
        for one in standings
        if (slug := one.version.title or "") or one.version.sizes is None
    ]
    lines.sort(
        key=lambda line: (
            line.standing.version.indicative,
            order.get(line.standing.version.title or "", len(order)),
        )
    )
    size = next((one for one in standings if one.version.series == SIZES), None)
    facts = with_size(known.facts, size.version) if size else known.facts
    return Passport(enterprise, on, tuple(lines), size, tuple(held), metrics(), facts)


def held_of(slug: str, held: Iterable[Held]) -> Held | None:
    """Return what the enterprise holds of a kind: what counts, else what it held last."""
    return next((one for one in held if one.title.kind.slug == slug), None)


def renewals(passport: Passport) -> Iterator[Advice]:
    """Yield the titles that lapse within the time of notice, the first to lapse first."""
    expiring = [
        one
        for one in passport.held
        if one.standing == TitleStanding.EXPIRING and one.title.valid_until is not None
    ]
    lines = {line.standing.version.title: line for line in passport.lines}
    for one in sorted(expiring, key=lambda each: each.title.valid_until or passport.on):
        line = lines.get(one.title.kind.slug)
        yield Advice(
            str(_("Prepare the re-check: %(title)s", title=in_language(one.title.kind))),
            str(_("lapses on %(day)s", day=long_day(one.title.valid_until))),
            verdict_words(line.explanation) if line else "",
        )


def applications(passport: Passport) -> Iterator[Advice]:
    """Yield what can be applied for: nothing is short and nothing is missing."""
    for line in open_lines(passport):
        if line.gap in READY:
            where = name_of(line.explanation["platform"])
            when = name_of(line.explanation["window"])
            yield Advice(
                str(_("Apply: %(title)s", title=line.name)),
                verdict_words(line.explanation),
                str(_("On: %(where)s. When: %(when)s.", where=where, when=when)),
            )


def open_lines(passport: Passport) -> list[Line]:
    """Return the titles that can be applied for and are not held."""
    return [line for line in passport.lines if not line.counts and not is_indicative(line)]


def is_indicative(line: Line) -> bool:
    """Say whether a version grants nothing: a study or a reference."""
    return bool(line.explanation["indicative"])


def filling(passport: Passport) -> list[Advice]:
    """Return what to state and what to change, by how much nearer it brings titles."""
    found = [*statements(passport), *changes(passport)]
    return [advice for _weight, advice in sorted(found, key=lambda one: -one[0])]


def statements(passport: Passport) -> Iterator[tuple[float, Advice]]:
    """Yield the forms on which facts are missing, with how many titles they help to decide."""
    items: dict[Page, dict[tuple[str, int | None], Mapping[str, Any]]] = {}
    helped: dict[Page, dict[str, float]] = {}
    for line in passport.lines:
        if line.gap not in (Gap.DATA, Gap.ONE_AND_DATA):
            continue
        missing = missing_with_size(line.explanation, passport.size_explanation)
        for page, facts in by_page(missing, passport.metrics).items():
            if page.group:
                share = len(facts) / len(missing) * (1 if line.gap == Gap.DATA else 0.5)
                items.setdefault(page, {}).update(((f["metric"], f["year"]), f) for f in facts)
                helped.setdefault(page, {})[line.name] = share
    for page, facts_there in items.items():
        listed = list(facts_there.values())
        gain = str(_("brings nearer: %(titles)s", titles=str(_(", ")).join(helped[page])))
        name, text = page_name(page, listed), names_of(listed) if len(listed) > 1 else ""
        yield sum(helped[page].values()), Advice(name, gain, text, page)


def changes(passport: Passport) -> Iterator[tuple[float, Advice]]:
    """Yield the smallest change for titles that are one criterion short."""
    for line in open_lines(passport):
        short = line.standing.judged.summary["short"]
        if line.gap == Gap.ONE and short and short[0]["change"]:
            words = change_words(short[0]["change"], passport.metrics)
            gain = str(_("the one criterion short of: %(title)s", title=line.name))
            yield 0.9, Advice(line.unmet[0], gain, words)
