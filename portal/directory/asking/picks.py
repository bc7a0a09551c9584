"""Entries a visitor picks from the lists: their numbers stand in the address and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import url_for

from portal.web.present import present_request
from portal.web.redirects import safe_next

MOST = 60  # entries of a selection
LONGEST = 40  # characters of a number
BETWEEN = re.compile(r"[\s,;，；、]+")  # numbers may be typed one after the other


@dataclass(frozen=True)
class Picks:
    """Numbers in their order, each once; which were named again; how many were too many."""

    numbers: tuple[str, ...]
    doubled: tuple[str, ...] = ()
    over: int = 0


def picked() -> Picks:
    """Return what this address picks."""
    return picks_of(present_request().args.getlist("pick"))


def picks_of(values: Iterable[str]) -> Picks:
    """Return the numbers that stand in these values, also several in one."""
    texts = (unicodedata.normalize("NFKC", value).upper() for value in values)
    found = [part[:LONGEST] for text in texts for part in BETWEEN.split(text) if part]
    numbers = tuple(dict.fromkeys(found))
    again = (one for place, one in enumerate(found) if one in found[:place])
    return Picks(numbers[:MOST], tuple(dict.fromkeys(again)), max(0, len(numbers) - MOST))


def moved(numbers: Sequence[str], number: str, by: int) -> list[str]:
    """Return the numbers with one of them moved up (-1) or down (1), where there is room."""
    order = list(numbers)
    if number in order:
        place = order.index(number)
        to = min(max(place + by, 0), len(order) - 1)
        order.insert(to, order.pop(place))
    return order


def back_address() -> str:
    """Return the page of this site the picks were made on, "" for none."""
    return safe_next(present_request().args.get("back"), "")


def with_picks(address: str, numbers: Sequence[str]) -> str:
    """Return the address of a page, its picks replaced by these."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "pick"]
    text = urlencode([*query, *(("pick", number) for number in numbers)])
    return f"{parts.path}?{text}" if text else parts.path


def basket_url(numbers: Sequence[str], back: str = "") -> str:
    """Return the address of a selection; with `back` it leads there again."""
    return url_for("directory.basket", pick=list(numbers), back=back or None)
