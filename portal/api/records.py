"""Public records as objects of JSON: the columns that lists show, and the address of the page.

An object is written once for the row it is made of, and its bytes are kept among the pieces of
pages (portal/web/drawn.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from flask import url_for

from portal.directory.queries.vocabulary import Vocabulary
from portal.enterprises.terms.record import State
from portal.web.drawn import Key, Pieces, once
from portal.web.json_answers import written
from portal.web.page_cache import once_for_state
from portal.web.present import present_app
from portal.web.requests import public_url

Record = dict[str, Any]
NAMED = ("field", "node", "district", "zone")


@dataclass(frozen=True)
class Sayer:
    """Says records of one kind, whose pages stand at `somewhere`: `shown` is what of a row and of
    the words it names the object is made of, `say` makes it."""

    kind: str
    somewhere: str
    shown: Callable[[Any], Key]
    say: Callable[..., Record]

    def one(self, row: Any) -> Record:
        """Return the object of a row."""
        return self.say(self.somewhere, *self.shown(row))

    def each(self, rows: Iterable[Any]) -> list[orjson.Fragment]:
        """Return the objects of rows as they are written."""
        pieces: Pieces = present_app().extensions["pieces"]
        base = ("json", self.kind, self.somewhere)
        every = [(base, self.shown(row)) for row in rows]
        return [orjson.Fragment(once(pieces, key, partial(self.written, *key[1]))) for key in every]

    def written(self, *shown: Any) -> bytes:
        """Return the bytes of an object."""
        return written(self.say(self.somewhere, *shown))


@once_for_state
def enterprises_said(words: Vocabulary, _root: str) -> Sayer:
    """Return what says an enterprise of the registry, for a path the portal is mounted under."""
    slugs = {word.id: word.slug for word in words.words}

    def shown(row: Any) -> Key:
        ids = (row.district_id, row.zone_id, row.key_industry_id, row.node_id)
        return (row, *map(slugs.get, ids))

    return Sayer("enterprise", before(url_for("directory.enterprise", uscc="-")), shown, enterprise)


def enterprise(somewhere: str, row: Any, *places: str | None) -> Record:
    """Return the object of an enterprise."""
    district, zone, key_industry, node = places
    return {
        "uscc": row.uscc,
        "name": row.name,
        "name_en": row.name_en,
        "address": somewhere + row.uscc,
        "products": row.products,
        "introduction": row.introduction,
        "district": district,
        "zone": zone,
        "key_industry": key_industry,
        "node": node,
        "established_on": row.established_on,
        "admitted_on": row.admitted_on,
        "is_out_of_date": row.state == State.STALE,
        "is_sample": row.is_sample,
    }


@once_for_state
def entries_said(_root: str) -> Sayer:
    """Return what says a published entry."""
    return Sayer("entry", before(url_for("directory.entry", number="-")), only_the_row, entry)


def entry(somewhere: str, row: Any) -> Record:
    """Return the object of an entry: its signed wording and what has become of it."""
    said = row.snapshot
    return {
        "number": row.number,
        "list": row.kind,
        "year": row.year,
        "address": somewhere + row.number,
        "title_zh": said["title_zh"],
        "title_en": said["title_en"],
        "summary_zh": said["summary_zh"],
        "summary_en": said["summary_en"],
        "subtype": said["subtype"]["slug"],
        **{name: slug_of(said.get(name)) for name in NAMED},
        "publisher": {name: said["publisher"][name] for name in ("kind", "name_zh", "name_en")},
        "opens_on": said["opens_on"],
        "closes_on": row.closes_on,
        "is_standing": row.standing,
        "state": row.state,
        "outcome": row.outcome,
        "is_withdrawn": "withdrawn" in said,
        "published_at": row.published_at,
        "is_sample": row.is_sample,
    }


@once_for_state
def policies_said(_root: str) -> Sayer:
    """Return what says a policy or notice."""
    return Sayer("policy", before(url_for("directory.policy", slug="-")), only_the_row, policy)


def policy(somewhere: str, row: Any) -> Record:
    """Return the object of a policy or notice."""
    return {
        "slug": row.slug,
        "address": somewhere + row.slug,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "summary_zh": row.summary_zh,
        "summary_en": row.summary_en,
        "document_no": row.document_no,
        "publisher_zh": row.publisher_zh,
        "publisher_en": row.publisher_en,
        "published_on": row.published_on,
    }


def only_the_row(row: Any) -> Key:
    """Return what an object is made of that names no word of a vocabulary."""
    return (row,)


def before(path: str) -> str:
    """Return the address of a page up to the name in its path, which stands as "-"."""
    return public_url(path)[:-1]


def slug_of(named: Mapping[str, Any] | None) -> str | None:
    """Return the slug of a term as content names it."""
    return named["slug"] if named else None
