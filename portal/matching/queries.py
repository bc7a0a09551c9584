"""Enterprises and opportunities as far as rules compare them: only what is public, in few
statements however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, or_, select

from portal import clock
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.classification.queries.titles import title_kinds
from portal.enterprises.models import ChainItem, Enterprise, enterprise_pillar, is_listed
from portal.enterprises.terms.presence import Way
from portal.extensions import db
from portal.lists.models import Edition, Entry, EntrySubtype, Release
from portal.lists.rules.claims import claimed_in
from portal.lists.rules.shown import shown_state
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState, Life
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.matching.finding import FOUND
from portal.matching.rules import Node, steps
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme

SCHEMES = (
    *(Scheme.NODE, Scheme.CHAIN, Scheme.KEY_INDUSTRY, Scheme.FIELD, Scheme.PILLAR),
    *(Scheme.DISTRICT, Scheme.ZONE),
)

MOST_ASKED = 20  # words that needs are looked through for


@dataclass(frozen=True)
class Terms:
    """The vocabularies and the kinds of titles, read in two statements: terms by id, places of
    chains, and what belongs to what."""

    by_id: Mapping[int, Any]
    kinds: Sequence[TitleKind] = ()

    def node(self, term_id: int | None) -> Node | None:
        """Return a place of a chain."""
        term = self.by_id.get(term_id or 0)
        if term is None:
            return None
        return Node(term.id, term.parent_id, str(term.details.get("position", "")))

    def of(self, *schemes: Scheme) -> list[Any]:
        """Return the terms of some vocabularies."""
        return [term for term in self.by_id.values() if term.scheme in schemes]

    def parent(self, term_id: int | None) -> int | None:
        """Return what a term belongs to."""
        term = self.by_id.get(term_id or 0)
        return term.parent_id if term is not None else None

    def industry(self, node_id: int | None, field_id: int | None) -> int | None:
        """Return the key industry of a place in a chain, or else the one a field stands for."""
        of_node = self.parent(self.parent(node_id))
        named = self.by_id.get(field_id or 0)
        if of_node is not None or named is None:
            return of_node
        slug = named.slug
        found = (one.id for one in self.of(Scheme.KEY_INDUSTRY) if one.details.get("field") == slug)
        return next(found, None)

    def near(self, nodes: Iterable[Node | None]) -> set[int]:
        """Return these places of chains and those before and after them."""
        given = [node for node in nodes if node is not None]
        every = [node for term in self.of(Scheme.NODE) if (node := self.node(term.id))]
        beside = [other for node in given for other in every if steps(node, other)]
        return {node.id for node in (*given, *beside)}

    def titles_in(self, text: str) -> frozenset[str]:
        """Return the families of the titles a text names."""
        family = {kind.slug: kind.family for kind in self.kinds}
        named = claimed_in([text], {kind.slug: kind.claimed_as for kind in self.kinds})
        return frozenset(family[slug] for slug in named)

    def title(self, family: str) -> TitleKind:
        """Return the first kind of title of a family."""
        return next(kind for kind in self.kinds if kind.family == family)


def read_terms() -> Terms:
    """Read the vocabularies and the kinds of titles."""
    columns = (Term.id, Term.scheme, Term.slug, Term.name_zh, Term.name_en, Term.parent_id)
    rows = select(*columns, Term.details).where(Term.scheme.in_(SCHEMES))
    terms = {row.id: row for row in db.session.execute(rows.order_by(Term.id))}
    return Terms(terms, title_kinds())


def makers_at(nodes: Collection[int], place: tuple[int | None, int | None]) -> list[int]:
    """Return up to FOUND public enterprises that make something at one of these places, those of
    the same (zone, district) first."""
    if not nodes:
        return []
    making = select(ChainItem.enterprise_id).where(
        ChainItem.node_id.in_(nodes), ChainItem.way == Way.MAKES, ChainItem.ended_at.is_(None)
    )
    registered = select(Enterprise.id).where(is_listed(), Enterprise.node_id.in_(nodes))
    either = making.union(registered).subquery()
    near = case(
        (Enterprise.zone_id == place[0], 0), (Enterprise.district_id == place[1], 1), else_=2
    )
    rows = select(Enterprise.id).where(is_listed(), Enterprise.id.in_(select(either.c[0])))
    return list(db.session.scalars(rows.order_by(near, Enterprise.id).limit(FOUND)))


def needing(words: Sequence[str]) -> Sequence[int]:
    """Return up to FOUND enterprises that need something named with one of the first words: what
    they need is in no index of the public's search."""
    if not words:
        return []
    named = or_(*(ChainItem.name.contains(word, autoescape=True) for word in words[:MOST_ASKED]))
    needed = ChainItem.way == Way.NEEDS, ChainItem.ended_at.is_(None)
    rows = select(ChainItem.enterprise_id).where(*needed, named).distinct()
    return db.session.scalars(rows.order_by(ChainItem.enterprise_id).limit(FOUND)).all()


def enterprises(ids: Iterable[int]) -> Sequence[Any]:
    """Return the public enterprises among these, as rows and pages show them."""
    columns = (
        *(Enterprise.id, Enterprise.uscc, Enterprise.name, Enterprise.name_en),
        *(Enterprise.products, Enterprise.node_id, Enterprise.key_industry_id),
        *(Enterprise.district_id, Enterprise.zone_id, Enterprise.is_sample),
    )
    rows = select(*columns).where(Enterprise.id.in_(set(ids)), is_listed())
    return db.session.execute(rows.order_by(Enterprise.id)).all()


def items_of(ids: Collection[int]) -> dict[int, list[Any]]:
    """Return what each enterprise makes and needs."""
    columns: tuple[Any, ...] = (
        ChainItem.enterprise_id,
        ChainItem.name,
        ChainItem.node_id,
        ChainItem.way,
    )
    held = ChainItem.enterprise_id.in_(ids), ChainItem.ended_at.is_(None)
    rows = select(*columns).where(*held)
    return by_owner(rows.order_by(ChainItem.id))


def pillars_of(ids: Collection[int]) -> dict[int, list[Any]]:
    """Return which of the four new each enterprise belongs to."""
    linked = enterprise_pillar.c
    rows = select(linked.enterprise_id, linked.term_id).where(linked.enterprise_id.in_(ids))
    return by_owner(rows.order_by(linked.term_id))


def titles_of(ids: Collection[int]) -> dict[int, list[Any]]:
    """Return the families of the titles in force today of each enterprise."""
    columns: tuple[Any, ...] = (Title.enterprise_id, TitleKind.family)
    rows = (
        select(*columns)
        .join(TitleKind, TitleKind.id == Title.kind_id)
        .where(Title.enterprise_id.in_(ids), in_force(clock.today()), known(Title, None))
    )
    return by_owner(rows.order_by(TitleKind.sort))


def by_owner(rows: Select[Any]) -> dict[int, list[Any]]:
    """Return rows by their enterprise."""
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(rows):
        found.setdefault(row.enterprise_id, []).append(row)
    return found


def open_opportunities() -> Select[Any]:
    """Select what the public reads of opportunities that nothing has come of yet."""
    columns = (
        *(Entry.id, Entry.number, Entry.snapshot, Entry.node_id, Entry.field_id),
        *(Entry.district_id, Entry.zone_id, Entry.life, Entry.standing, Entry.closes_on),
        *(EntrySubtype.slug.label("subtype"), Release.published_at),
    )
    return (
        select(*columns)
        .join(Release, Release.id == Entry.release_id)
        .join(Edition, Edition.id == Release.edition_id)
        .join(EntrySubtype, EntrySubtype.id == Entry.subtype_id)
        .where(
            Edition.kind == Kind.OPPORTUNITY,
            Release.state.in_(PUBLIC_STATES),
            Entry.state == EntryState.ACCEPTED,
            Entry.life == Life.OPEN,
            Entry.number.is_not(None),
        )
    )


def opportunities(ids: Collection[int], nodes: Collection[int], but_of: int) -> Sequence[Any]:
    """Return the open opportunities among these ids, and the newest FOUND at these places of
    chains, without those the enterprise itself published."""
    newest = (Release.published_at.desc(), Entry.id.desc())
    others = open_opportunities().where(Entry.enterprise_id.is_distinct_from(but_of))
    found: dict[int, Any] = {}
    for some in (others.where(Entry.id.in_(ids)), others.where(Entry.node_id.in_(nodes))):
        rows = db.session.execute(some.order_by(*newest).limit(FOUND))
        found |= {row.id: row for row in rows if is_open(row)}
    return list(found.values())


def is_open(row: Any) -> bool:
    """Say whether an entry can still be taken up today; what was withdrawn cannot."""
    state = shown_state(row.life, row.standing, row.closes_on, clock.today())
    return state in AVAILABLE and row.snapshot is not None and "withdrawn" not in row.snapshot
