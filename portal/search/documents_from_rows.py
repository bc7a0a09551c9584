"""Database rows → search documents: only what the public may read, whoever asks.

`load` answers for the keys of the outbox, `all_documents` for a rebuild. Entries are documents as
soon as their release is signed and due, under its id: whoever searches masks what is not public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import in_force, known
from portal.enterprises.models import ChainItem, Enterprise, is_listed
from portal.enterprises.terms.presence import Way
from portal.extensions import db
from portal.lists.content import snapshots
from portal.lists.models import Entry, Release
from portal.lists.public_texts import published_texts
from portal.lists.rules.shown import shown_state
from portal.lists.terms.editions import PUBLIC_STATES, EditionState
from portal.lists.terms.entries import EntryState
from portal.lists.terms.kinds import Kind
from portal.notices.models import Policy
from portal.search.documents import Document
from portal.taxonomy.models import Term
from portal.taxonomy.terms import CITYWIDE

AT_ONCE = 500  # rows of a batch: one statement each for rows and what belongs to them
SIGNED = (EditionState.SCHEDULED, *sorted(PUBLIC_STATES))


def load(keys: Sequence[str]) -> Mapping[str, Document | None]:
    """Return the documents of these keys as the rows are now; None for what is not public."""
    found: dict[str, Document | None] = dict.fromkeys(keys)
    for kind, ids in ids_by_kind(keys).items():
        for document in READERS[kind](ids):
            found[document.key] = document
    return found


def ids_by_kind(keys: Iterable[str]) -> dict[str, list[int]]:
    """Return the ids named in keys such as `entry:12`; unknown kinds are nobody's."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        kind, _, ref = key.partition(":")
        if kind in READERS and ref.isdecimal():
            wanted.setdefault(kind, []).append(int(ref))
    return wanted


def all_documents() -> Iterator[Document]:
    """Yield every public record as a document, AT_ONCE rows at a time."""
    for kind, model in MODELS.items():
        last = 0
        while ids := db.session.scalars(
            select(model.id).where(model.id > last).order_by(model.id).limit(AT_ONCE)
        ).all():
            yield from READERS[kind](ids)
            last = ids[-1]
            db.session.expunge_all()


def enterprises(ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of the public enterprises among these ids."""
    titles, made = titles_of(ids), made_by(ids)
    rows: Select[Any] = (
        select(Enterprise)
        .where(Enterprise.id.in_(ids), is_listed())
        .options(
            joinedload(Enterprise.district),
            joinedload(Enterprise.zone),
            joinedload(Enterprise.industry),
            joinedload(Enterprise.key_industry),
            joinedload(Enterprise.node),
            selectinload(Enterprise.pillars),
            selectinload(Enterprise.past_names),
        )
        .order_by(Enterprise.id)
    )
    return (
        enterprise(row, titles.get(row.id, ()), made.get(row.id, ()))
        for row in db.session.scalars(rows)
    )


def titles_of(ids: Sequence[int]) -> dict[int, list[TitleKind]]:
    """Return the kinds of titles in force today, by enterprise."""
    held: dict[int, list[TitleKind]] = {}
    rows = (
        select(Title.enterprise_id, TitleKind)
        .join(TitleKind, TitleKind.id == Title.kind_id)
        .where(Title.enterprise_id.in_(ids), in_force(clock.today()), known(Title, None))
        .order_by(TitleKind.sort)
    )
    for enterprise_id, kind in db.session.execute(rows):
        held.setdefault(enterprise_id, []).append(kind)
    return held


def made_by(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return what each enterprise makes, as its profile names it."""
    made: dict[int, list[str]] = {}
    rows = select(ChainItem.enterprise_id, ChainItem.name).where(
        ChainItem.enterprise_id.in_(ids), ChainItem.ended_at.is_(None), ChainItem.way == Way.MAKES
    )
    for enterprise_id, name in db.session.execute(rows.order_by(ChainItem.id)):
        made.setdefault(enterprise_id, []).append(name)
    return made


def enterprise(row: Enterprise, titles: Sequence[TitleKind], made: Sequence[str] = ()) -> Document:
    """Return an enterprise's document: nothing of its contact person is in it."""
    places = (row.node, row.key_industry, row.zone, row.district, row.industry)
    words = [name for kind in titles for name in (kind.name_zh, kind.short_name_zh)]
    return Document(
        kind="enterprise",
        ref=row.id,
        title=row.name,
        title_en=row.name_en,
        names=tuple(row.former_names),
        codes=tuple(code for code in (row.uscc, row.admission_no) if code),
        body=row.introduction,
        products="\n".join([row.products, *made]),
        tags=tuple(dict.fromkeys(filter(None, [*words, *names(*places, *row.pillars)]))),
        facets={
            "section": ("enterprise",),
            "pillar": tuple(word.slug for word in row.pillars),
            "title": tuple(dict.fromkeys(kind.family for kind in titles)),
            **slugs(
                district=row.district,
                zone=row.zone,
                key_industry=row.key_industry,
                node=row.node,
            ),
        },
        date=row.admitted_on.toordinal() if row.admitted_on else 0,
    )


def entries(ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of the entries among these ids whose release is signed and due."""
    rows = (
        select(Entry)
        .join(Entry.release)
        .where(
            Entry.id.in_(ids),
            Entry.state == EntryState.ACCEPTED,
            Entry.number.is_not(None),
            Release.state.in_(SIGNED),
        )
        .options(joinedload(Entry.release).joinedload(Release.edition), joinedload(Entry.district))
        .order_by(Entry.id)
    )
    signed: dict[int, dict[str, dict[str, Any]]] = {}
    for row in db.session.scalars(rows):
        if row.snapshot is None and row.release_id not in signed:
            signed[row.release_id] = snapshots(row.release.content or "")
        yield entry(row, row.snapshot or signed[row.release_id][str(row.number)])


def entry(row: Entry, said: Mapping[str, Any]) -> Document:
    """Return an entry's document from what was signed."""
    release = row.release
    node = said.get("node")
    named = [said[name] for name in ("subtype", "field", "district", "zone")]
    named += [node, node["chain"]] if node else []
    if not said["publisher"].get("anonymous"):
        named.append(said["publisher"])
    shown = [text for item in said["details"] for text in published_texts(item)]
    day = release.published_at or release.scheduled_for
    return Document(
        kind="entry",
        ref=row.id,
        title=said["title_zh"],
        title_en=said["title_en"],
        codes=(said["number"], *([release.document_no] if release.document_no else ())),
        body="\n".join([said["summary_zh"], said["summary_en"], *shown]),
        tags=tuple(dict.fromkeys(name["name_zh"] for name in named if name)),
        facets=facets_of_entry(row, said),
        date=day.date().toordinal() if day else 0,
        release=row.release_id,
    )


def facets_of_entry(row: Entry, said: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what the public filters an entry by; what no district names is of the whole city."""
    place, node = row.district, said.get("node")
    found = {
        "section": said["kind"],
        "subtype": said["subtype"]["slug"],
        "district": place.slug if place is not None and place.parent_id else CITYWIDE,
        "year": str(row.release.edition.year),
        "publisher": row.publisher_kind,
        "node": node and node["slug"],
        "field": said["field"] and said["field"]["slug"],
        "zone": said["zone"] and said["zone"]["slug"],
    }
    if said["kind"] != Kind.CASE:
        found["state"] = shown_state(row.life, row.standing, row.closes_on, clock.today())
    return {name: (value,) for name, value in found.items() if value}


def policies(ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of the published policies and notices among these ids."""
    rows = select(Policy).where(Policy.id.in_(ids), Policy.published_on <= clock.today())
    return (policy(row) for row in db.session.scalars(rows.order_by(Policy.id)))


def policy(row: Policy) -> Document:
    """Return a policy's document."""
    return Document(
        kind="policy",
        ref=row.id,
        title=row.title_zh,
        title_en=row.title_en,
        codes=tuple(code for code in (row.document_no, row.index_no) if code),
        body="\n".join([row.summary_zh, row.summary_en, row.body, row.body_en]),
        tags=(row.publisher_zh,) if row.publisher_zh else (),
        facets={"section": ("policy",)},
        date=row.published_on.toordinal(),
    )


def names(*words: Term | None) -> list[str]:
    """Return the Chinese names of terms."""
    return [word.name_zh for word in words if word is not None]


def slugs(**words: Term | None) -> dict[str, tuple[str, ...]]:
    """Return facets of terms by slug; those without a term are left out."""
    return {name: (word.slug,) for name, word in words.items() if word is not None}


READERS = {"enterprise": enterprises, "entry": entries, "policy": policies}
MODELS: dict[str, Any] = {"enterprise": Enterprise, "entry": Entry, "policy": Policy}
