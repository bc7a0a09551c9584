"""A filtered list read for a page or a file: the same query for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.directory.asking.asked import Asked, asked, order_of
from portal.directory.asking.found import Found, find, is_behind
from portal.directory.asking.reading import notes_on, reading_of
from portal.directory.queries.facets import Group
from portal.directory.queries.listing import Listed, Source
from portal.directory.words.filters import name_of, order_name, shown_by
from portal.directory.words.marking import Marker
from portal.search.analysis import normalise
from portal.search.correction import correction
from portal.search.parsing import Query
from portal.search.terms import REASON_LABELS, STAGE_LABELS, Reason, Stage
from portal.web.drawn import Key
from portal.web.navigation import url_with
from portal.web.pagination import Page, page_of

UNAVAILABLE = _l("The full search is being renewed. Names and numbers that hold the text:")
CATCHING_UP = _l("The search is catching up: what changed in the last minutes may be missing.")
TOO_DEEP = _l("A list can be read to its page 50. Narrow it by a filter or another word.")


@dataclass(frozen=True)
class Shown:
    """What the page of anything filtered shows, a list or a search."""

    asked: Asked
    sort: str
    orders: Sequence[str]
    groups: Sequence[Group]
    page: Page
    rows: Sequence[Any]
    near: Sequence[Any]

    @property
    def is_behind(self) -> bool:
        """Whether the index answered, but has not caught up with the database."""
        return self.query is not None and is_behind()

    @property
    def query(self) -> Query | None:
        """The text as it was read; None where there is none or the index did not answer."""
        raise NotImplementedError

    @property
    def stage(self) -> Stage:
        """The stage that found the rows."""
        raise NotImplementedError

    @property
    def fault(self) -> str:
        """Why the text was not searched for, or that the database answered; "" if all is well."""
        raise NotImplementedError

    @property
    def marker(self) -> Marker:
        """What marks the matches in the rows."""
        return Marker(self.query, spelled=self.stage == Stage.PINYIN)

    @property
    def how(self) -> str:
        """How the rows were found, where it was not by the words themselves."""
        return "" if self.stage == Stage.STRICT else str(STAGE_LABELS[self.stage])

    @property
    def chosen_names(self) -> tuple[str, ...]:
        """The names of the chosen values."""
        return tuple(name_of(option.name) for group in self.groups for option in group.chosen)

    @property
    def drop_urls(self) -> tuple[str, ...]:
        """The addresses without each of them."""
        return tuple(
            url_with(**{group.name: others(group, option.slug)})
            for group in self.groups
            for option in group.chosen
        )

    @property
    def clear_url(self) -> str:
        """The address without any chosen value."""
        return url_with(**{group.name: None for group in self.groups})

    @property
    def sort_urls(self) -> tuple[str, ...]:
        """The addresses of the orders."""
        return tuple(url_with(sort=name) for name in self.orders)

    @cached_property
    def notices(self) -> list[str]:
        """What is to be known before the rows are read."""
        deep = str(TOO_DEEP) if self.asked.is_too_deep else ""
        late = str(CATCHING_UP) if self.is_behind else ""
        said = [self.fault, late, *notes_on(self.query), self.asked.left_out, deep]
        return [text for text in said if text]

    @property
    def shown(self) -> Key:
        """What the page shows around its rows, as far as the address does not say it."""
        return (
            shown_by(self.groups),
            self.page,
            self.marker,
            self.how,
            self.orders,
            self.sort,
            tuple(self.notices),
            self.reading,
            self.correction,
        )

    @property
    def reading(self) -> str:
        """How the text was read."""
        return reading_of(self.query)

    @property
    def near_titles(self) -> list[str]:
        """The Chinese titles of what comes near."""
        return [title_of(row) for row in self.near]

    @property
    def correction(self) -> tuple[str, str] | None:
        """What was probably meant as (text, its address), None where nothing comes near."""
        if self.query is None or not self.near:
            return None
        found = correction(self.query, tuple(map(normalise, self.near_titles)))
        return (found, url_with(q=found)) if found else None


@dataclass(frozen=True)
class Listing(Shown):
    """Everything the page of a list shows."""

    found: Found | None

    @property
    def query(self) -> Query | None:
        return self.found.query if self.found else None

    @property
    def stage(self) -> Stage:
        return self.found.stage if self.found else Stage.STRICT

    @property
    def fault(self) -> str:
        if self.found is None:
            return ""
        if self.found.ids is None:
            return str(UNAVAILABLE)
        reason = self.found.reason
        return str(REASON_LABELS[Reason(reason)]) if reason else ""

    @property
    def status(self) -> int:
        """The answer's status: 400 for a text that cannot be searched for."""
        return 400 if self.found and self.found.reason == Reason.TOO_LONG else 200


def title_of(row: Any) -> str:
    """Return the Chinese title of a row of any kind."""
    if hasattr(row, "snapshot"):
        return str(row.snapshot["title_zh"])
    return str(row.name if hasattr(row, "name") else row.title_zh)


def others(group: Group, slug: str) -> list[str] | None:
    """Return the other chosen values of a group, None for none."""
    return [option.slug for option in group.chosen if option.slug != slug] or None


def narrowed(source: Source) -> tuple[Source, Asked, Found | None]:
    """Return the list narrowed to the text asked for."""
    wanted = asked(source.facets)
    if not wanted.text:
        return source, wanted, None
    found = find(wanted.text, source.kind, source.narrowed)
    return source.with_text(wanted.text, found.ids), wanted, found


def narrowed_wholly(source: Source) -> tuple[Source, Asked]:
    """Return the list narrowed as the address asks, for a file or feed. Raises Unreadable for what
    would be left out of it, Busy while the index does not answer."""
    source, wanted, found = narrowed(source)
    wanted.insist()
    if found is not None:
        found.insist()
    return source, wanted


def read_listing(source: Source) -> Listing:
    """Read one page of a list as the address asks."""
    source, wanted, found = narrowed(source)
    sort = order_of(wanted, source.orders)
    total, groups = source.counts(wanted.chosen)
    page = page_of(total, wanted.page)
    return Listing(
        asked=wanted,
        sort=sort,
        orders=tuple(source.orders),
        groups=groups,
        page=page,
        rows=source.page(wanted.chosen, sort, page.size, page.offset, total),
        near=source.near(found.near) if found else (),
        found=found,
    )


def read_export(source: Source) -> Iterator[Any]:
    """Yield all rows of a list as the address asks, for a file."""
    source, wanted = narrowed_wholly(source)
    return source.exported(wanted.chosen, order_of(wanted, source.orders))


def read_listed(source: Source) -> Listed:
    """Return the ids of all rows of a list as the address asks, for a file."""
    source, wanted = narrowed_wholly(source)
    return source.listed(wanted.chosen, order_of(wanted, source.orders))


def asked_words(source: Source) -> list[tuple[str, str]]:
    """Return what the address asks for as (what, words): a text, chosen values, the order."""
    wanted = asked(source.facets)
    found = [(_("Text searched for"), wanted.text)] if wanted.text else []
    for facet in source.facets:
        chosen = wanted.chosen[facet.name]
        names = [name_of(option.name) for option in facet.options if option.slug in chosen]
        if names:
            found.append((str(facet.label), ", ".join(names)))
    orders = source.with_text(wanted.text, []).orders if wanted.text else source.orders
    return [*found, (_("Order"), order_name(order_of(wanted, orders)))]
