"""Public records as objects of JSON: the columns that lists show, and the address of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from portal.directory.queries.vocabulary import Vocabulary
from portal.enterprises.terms.record import State
from portal.web.requests import public_url

Record = dict[str, Any]
Say = Callable[[Any], Record]
PLACES = ("district", "zone", "key_industry", "node")
NAMED = ("field", "node", "district", "zone")


def enterprises_said(words: Vocabulary) -> Say:
    """Return what says an enterprise of the registry."""
    somewhere = public_url(url_for("directory.enterprise", uscc="-"))[:-1]
    slugs = {word.id: word.slug for word in words.words}

    def say(row: Any) -> Record:
        return {
            "uscc": row.uscc,
            "name": row.name,
            "name_en": row.name_en,
            "address": somewhere + row.uscc,
            "products": row.products,
            "introduction": row.introduction,
            "district": slugs.get(row.district_id),
            "zone": slugs.get(row.zone_id),
            "key_industry": slugs.get(row.key_industry_id),
            "node": slugs.get(row.node_id),
            "established_on": row.established_on,
            "admitted_on": row.admitted_on,
            "is_out_of_date": row.state == State.STALE,
            "is_sample": row.is_sample,
        }

    return say


def entries_said() -> Say:
    """Return what says a published entry: its signed wording and what has become of it."""
    somewhere = public_url(url_for("directory.entry", number="-"))[:-1]

    def say(row: Any) -> Record:
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

    return say


def policies_said() -> Say:
    """Return what says a policy or notice."""

    def say(row: Any) -> Record:
        return {
            "slug": row.slug,
            "address": public_url(url_for("directory.policy", slug=row.slug)),
            "title_zh": row.title_zh,
            "title_en": row.title_en,
            "summary_zh": row.summary_zh,
            "summary_en": row.summary_en,
            "document_no": row.document_no,
            "publisher_zh": row.publisher_zh,
            "publisher_en": row.publisher_en,
            "published_on": row.published_on,
        }

    return say


def slug_of(named: Mapping[str, Any] | None) -> str | None:
    """Return the slug of a term as content names it."""
    return named["slug"] if named else None
