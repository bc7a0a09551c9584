"""Numbered pages of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.errors import NotFound
from portal.web.requests import asked_value

SIZE = 20
DEPTH = 50


@dataclass(frozen=True)
class Page:
    """One page of `total` rows: pages count from 1, no deeper than DEPTH pages of `size` rows."""

    number: int
    total: int
    size: int = SIZE

    @property
    def last(self) -> int:
        """The last page that can be asked for."""
        return max(1, min(DEPTH, -(-self.total // self.size)))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        """The first row's place in the whole list, from 1; 0 when there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last_row(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def numbers(self) -> list[int | None]:
        """The pages to name: first, last and the neighbours; None is a gap of two or more."""
        near = range(self.number - 1, self.number + 2)
        named = sorted({1, self.last, *(n for n in near if 1 <= n <= self.last)})
        shown: list[int | None] = []
        for before, number in zip([0, *named], named, strict=False):
            if number - before == 2:
                shown.append(number - 1)
            elif number - before > 2:
                shown.append(None)
            shown.append(number)
        return shown


def asked_page() -> int:
    """Return ?page= of this request, 1 when absent.

    Raises NotFound for what is no page number or lies deeper than any list goes.
    """
    text = asked_value("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > DEPTH:
        raise NotFound()
    return int(text)


def wanted_page() -> tuple[int, bool]:
    """Return ?page= of this request, no deeper than DEPTH, and whether it could be read at all:
    lists that say what they left out begin at their first page then."""
    text = asked_value("page", "1")
    is_number = bool(re.fullmatch(r"[1-9][0-9]{0,9}", text))
    return (min(int(text), DEPTH), True) if is_number else (1, False)


def is_beyond_depth() -> bool:
    """Say whether ?page= lies deeper than any list goes."""
    text = asked_value("page", "1")
    return bool(re.fullmatch(r"[1-9][0-9]{0,9}", text)) and int(text) > DEPTH


def page_of(total: int, number: int, size: int = SIZE) -> Page:
    """Return the page asked for, or the last one when the list has become shorter than that."""
    page = Page(number, total, size)
    return page if number <= page.last else Page(page.last, total, size)
