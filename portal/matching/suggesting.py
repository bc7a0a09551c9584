"""Records put before the rules: candidates from chains and words, then what speaks for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal import city
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.presence import Way
from portal.lists.models import Entry
from portal.lists.public_texts import public_texts, published_texts
from portal.matching import queries, rules
from portal.matching.finding import finder
from portal.matching.queries import Terms
from portal.matching.rules import Firm, Item, Match, Opportunity, Reason, Weights
from portal.matching.weighing import weights
from portal.taxonomy.terms import Scheme

SEPARATORS = str.maketrans(dict.fromkeys("、，,；;。\n/", "\n"))


@dataclass(frozen=True)
class Suggestion:
    """A record that is suggested, with the reasons."""

    row: Any
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Suggested:
    """What a page shows: suggestions, the strongest first, and the terms that name the reasons."""

    suggestions: Sequence[Suggestion]
    terms: Terms


def enterprises_for(entry: Entry) -> Suggested:
    """Return the enterprises that may take an opportunity up, never its own publisher."""
    known = queries.read_terms()
    weighed = weights_here(known)
    wanted = opportunity_of(entry, known, weighed)
    words = rules.telling(wanted.words, weighed)
    place = (entry.zone_id, entry.district_id)
    ids = {*found_by_words(wanted, words, known)}
    ids |= {*queries.makers_at(known.near([wanted.node]), place)} if wanted.asks else set()
    rows = {row.id: row for row in queries.enterprises(ids - {entry.enterprise_id})}
    matches = [Match(firm.id, rules.match(firm, wanted, weighed)) for firm in firms(rows, known)]
    return suggested(rows, rules.best(matches, weighed), known)


def found_by_words(wanted: Opportunity, words: Sequence[str], known: Terms) -> Iterator[int]:
    """Yield the enterprises that make, and those that need, something of these words."""
    if wanted.asks:
        yield from finder().makers(words)
        if wanted.node:
            yield from finder().makers(words, known.by_id[wanted.node.id].slug)
    if wanted.offers:
        yield from queries.needing(words)


def opportunities_for(enterprise: Enterprise) -> Suggested:
    """Return the open opportunities that an enterprise may take up, never its own."""
    known = queries.read_terms()
    weighed = weights_here(known)
    firm = next(firms({enterprise.id: enterprise}, known))
    words = rules.telling({word for item in firm.items for word in item.words}, weighed)
    places = known.near([firm.node, *(item.node for item in firm.items)])
    found = queries.opportunities(finder().opportunities(words), places, enterprise.id)
    rows = {row.id: row for row in found}
    matches = [
        Match(row.id, rules.match(firm, published(row, row.subtype, known, weighed), weighed))
        for row in found
    ]
    return suggested(rows, rules.best(matches, weighed), known)


def suggested(rows: Mapping[int, Any], matches: Iterable[Match], known: Terms) -> Suggested:
    """Return what was matched with its rows."""
    return Suggested([Suggestion(rows[one.id], one.reasons) for one in matches], known)


def weights_here(known: Terms) -> Weights:
    """Return what signs are worth, with the names of places among the words that say nothing."""
    names = [term.name_zh for term in known.of(Scheme.DISTRICT, Scheme.ZONE)]
    names += city.words("name_places")
    found = weights()
    return replace(found, everyday=found.everyday | finder().cut("\n".join(names)) | set(names))


def firms(rows: Mapping[int, Any], known: Terms) -> Iterator[Firm]:
    """Yield enterprises as the rules see them; three statements for all of them."""
    ids = list(rows)
    made, pillars, titles = (
        read(ids) if ids else {}
        for read in (queries.items_of, queries.pillars_of, queries.titles_of)
    )
    for row in rows.values():
        named = [Item(*said(name)) for name in row.products.translate(SEPARATORS).split("\n")]
        listed = [
            Item(*said(one.name), known.node(one.node_id), one.way == Way.NEEDS)
            for one in made.get(row.id, ())
        ]
        yield Firm(
            id=row.id,
            items=tuple(item for item in (*named, *listed) if item.name),
            node=known.node(row.node_id),
            industry=row.key_industry_id,
            pillars=frozenset(one.term_id for one in pillars.get(row.id, ())),
            titles=frozenset(one.family for one in titles.get(row.id, ())),
            district=row.district_id,
            zone=row.zone_id,
        )


def said(name: str) -> tuple[str, frozenset[str]]:
    """Return a name in the one spelling and its words."""
    return finder().normalise(name).strip(), finder().cut(name)


def opportunity_of(entry: Entry, known: Terms, weighed: Weights) -> Opportunity:
    """Return an entry of one's own, published or not, by what the public reads or would read."""
    if entry.snapshot is not None and "withdrawn" not in entry.snapshot:
        return published(entry, entry.subtype.slug, known, weighed)
    text = "\n".join(public_texts(entry).values())
    return opportunity(entry, entry.subtype.slug, text, known, weighed)


def published(row: Any, subtype: str, known: Terms, weighed: Weights) -> Opportunity:
    """Return a published entry by its published words alone."""
    told = row.snapshot
    details = (text for item in told["details"] for text in published_texts(item))
    text = "\n".join([told["title_zh"], told["summary_zh"], *details])
    return opportunity(row, subtype, text, known, weighed)


def opportunity(row: Any, subtype: str, text: str, known: Terms, weighed: Weights) -> Opportunity:
    """Return an opportunity as the rules see it."""
    offers = subtype in weighed.offering
    return Opportunity(
        id=row.id,
        text=finder().normalise(text),
        words=finder().cut(text),
        asks=not offers or subtype in weighed.asking_too,
        offers=offers,
        node=known.node(row.node_id),
        industry=known.industry(row.node_id, row.field_id),
        pillar=known.parent(row.field_id),
        titles=known.titles_in(text),
        district=row.district_id,
        zone=row.zone_id,
    )
