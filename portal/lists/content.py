"""The content of a release in the one form that is signed, hashed and published.

docs/release-content.md describes it for anyone who wants to compute the check code again.
Nothing here reads the database: rows are passed in with what they refer to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from portal.lists.models import Edition, Entry, Release
from portal.lists.terms.fields import DETAIL_PREFIX, FieldType
from portal.lists.terms.kinds import PublisherKind
from portal.taxonomy.models import Department, Term
from portal.taxonomy.terms import DepartmentKind

FORMAT = "release-content/3"
WITHOUT_NODES = frozenset({"release-content/1", "release-content/2"})
ANONYMOUS = {"name_zh": "匿名发布", "name_en": "Published without name", "department": None}
Bodies = Mapping[str, Department]
Wordings = Mapping[int, Mapping[str, Any]]
KIND_OF_BODY = {
    DepartmentKind.CITY: PublisherKind.CITY,
    DepartmentKind.PARTY: PublisherKind.CITY,
    DepartmentKind.COUNTY: PublisherKind.COUNTY,
    DepartmentKind.ZONE: PublisherKind.ZONE,
    DepartmentKind.CENTRAL: PublisherKind.INSTITUTION,
}


def release_content(
    release: Release, entries: Sequence[Entry], bodies: Bodies, wordings: Wordings
) -> dict[str, Any]:
    """Return the content of a release: edition facts, then the entries in their order. What was
    fixed for signing in an earlier form keeps that form, so that its signatures hold.

    `bodies` holds, by slug, every department the entries name as leading or cooperating,
    `wordings`, by the entry's id, the texts that are public in place of those sent in.
    """
    form = form_of(release)
    said = [entry_facts(entry, bodies, wordings.get(entry.id, {})) for entry in entries]
    return {
        "format": form,
        "edition": edition_facts(release.edition),
        "release": {
            "number": release.number,
            "version": release.content_version,
            "document_no": release.document_no,
            "dated_on": iso(release.dated_on),
        },
        "entries": [without_node(one) for one in said] if form in WITHOUT_NODES else said,
    }


def form_of(release: Release) -> str:
    """Return the form the content of a release is kept in, or else will be."""
    return str(json.loads(release.content)["format"]) if release.content else FORMAT


def without_node(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as forms before the present one write it."""
    return {name: value for name, value in entry.items() if name != "node"}


def with_nodes(facts: dict[str, Any]) -> dict[str, Any]:
    """Return a content in the present form once one of its entries has a place in the chain."""
    if facts["format"] == FORMAT or not any("node" in entry for entry in facts["entries"]):
        return facts
    entries = [{"node": None, **entry} for entry in facts["entries"]]
    return {**facts, "format": FORMAT, "entries": entries}


def edition_facts(edition: Edition) -> dict[str, Any]:
    """Return what every release of an edition carries of it."""
    return {
        "year": edition.year,
        "kind": str(edition.kind),
        "title_zh": edition.title_zh,
        "title_en": edition.title_en,
        "foreword_zh": edition.foreword_zh,
        "foreword_en": edition.foreword_en,
        "is_sample": edition.is_sample,
        "bodies": [{**names(body.department), "leads": body.leads} for body in edition.bodies],
    }


def entry_facts(entry: Entry, bodies: Bodies, worded: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as the public reads it; after release this is its snapshot. `worded` are the
    texts that are public in place of those sent in, by the names of `portal.lists.facts`."""
    return {
        "number": entry.number,
        "kind": entry.subtype.kind,
        "subtype": names(entry.subtype),
        "takes_interest": entry.subtype.takes_interest,
        "title_zh": worded.get("title", entry.title),
        "title_en": worded.get("title_en", entry.title_en),
        "summary_zh": worded.get("summary", entry.summary),
        "summary_en": worded.get("summary_en", entry.summary_en),
        "details": public_details(entry, worded_details(worded)),
        "publisher": publisher(entry),
        "leads": [names(bodies[slug]) for slug in entry.leads],
        "cooperating": [names(bodies[slug]) for slug in entry.cooperating],
        "field": names(entry.field),
        "node": node_facts(entry.node),
        "district": names(entry.district),
        "zone": names(entry.zone),
        "opens_on": iso(entry.opens_on),
        "closes_on": iso(entry.closes_on),
        "standing": entry.standing,
        **contact(entry),
        "basis": entry.basis,
        "quote": entry.quote,
        "continues": entry.continues.number if entry.continues else None,
    }


def worded_details(worded: Mapping[str, Any]) -> dict[str, Any]:
    """Return the details among public texts, by their keys."""
    return {
        name.removeprefix(DETAIL_PREFIX): value
        for name, value in worded.items()
        if name.startswith(DETAIL_PREFIX) and value
    }


def public_details(entry: Entry, worded: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the public details in the order of the form, each with its labels and units.

    `in_row` marks the figure that list rows show; choices, tables and files carry more. `worded`
    are the details that are public in place of those sent in.
    """
    details = {**entry.details, **worded}
    return [
        {
            "key": field["key"],
            "type": field["type"],
            "label_zh": field["label_zh"],
            "label_en": field["label_en"],
            "unit_zh": field.get("unit_zh", ""),
            "unit_en": field.get("unit_en", ""),
            "in_row": bool(field.get("in_row")),
            **value_of(entry, field, details[field["key"]]),
        }
        for field in entry.subtype.fields
        if field.get("public", True) and field["key"] in details
    ]


def value_of(entry: Entry, field: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """Return a detail's value: a choice with its words, a table with its columns, a file by name,
    type, size and SHA-256."""
    match field["type"]:
        case FieldType.CHOICE:
            chosen = next(choice for choice in field["choices"] if choice["value"] == value)
            words = {"value_zh": chosen["label_zh"], "value_en": chosen["label_en"]}
            return {"value": value, **words}
        case FieldType.TABLE:
            return {"value": value, "columns": [column_facts(one) for one in field["columns"]]}
        case FieldType.FILE:
            return {"value": file_facts(entry, field, value)}
    return {"value": value}


def column_facts(column: Mapping[str, Any]) -> dict[str, str]:
    """Return what a reader of a table needs to know of a column."""
    parts = ("key", "type", "label_zh", "label_en", "unit_zh", "unit_en")
    return {part: column.get(part, "") for part in parts}


def file_facts(entry: Entry, field: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file as the public reads it; without the publisher's name nor is there its own."""
    name = str(value["name"])
    if entry.anonymous:
        name = field["label_zh"] + name[name.rfind(".") :]
    return {"name": name, "type": value["type"], "size": value["size"], "sha256": value["sha256"]}


def contact(entry: Entry) -> dict[str, str]:
    """Return whom the public may call: of an entry without name the first lead body."""
    if not entry.anonymous:
        return {"office": entry.office, "landline": entry.landline}
    lead = next(body.department for body in entry.release.edition.bodies if body.leads)
    return {"office": f"{lead.name_zh}{lead.office_zh}", "landline": lead.landline}


def publisher(entry: Entry) -> dict[str, Any]:
    """Return who publishes an entry: an enterprise, an institution or a department.

    `uscc` leads to the enterprise, `department` to the body that sent the entry in; an entry
    without name says neither.
    """
    facts: dict[str, Any] = {
        "kind": str(publisher_kind(entry)),
        "anonymous": entry.anonymous,
        "uscc": None,
        "department": entry.department.slug if entry.department else None,
    }
    if entry.anonymous:
        return facts | ANONYMOUS
    if entry.enterprise is not None:
        enterprise = entry.enterprise
        named = {"name_zh": enterprise.name, "name_en": enterprise.name_en}
        return facts | named | {"uscc": enterprise.uscc}
    if entry.provider_name:
        return facts | {"name_zh": entry.provider_name, "name_en": entry.provider_name_en}
    assert entry.department is not None
    return facts | {"name_zh": entry.department.name_zh, "name_en": entry.department.name_en}


def publisher_kind(entry: Entry) -> PublisherKind:
    """Return as what the public filters the publisher."""
    if entry.enterprise is not None:
        return PublisherKind.ENTERPRISE
    if entry.provider_name or entry.department is None:
        return PublisherKind.INSTITUTION
    return KIND_OF_BODY[DepartmentKind(entry.department.kind)]


def names(row: Any) -> Any:
    """Return slug and names of a term, department or subtype; None for none."""
    if row is None:
        return None
    return {"slug": row.slug, "name_zh": row.name_zh, "name_en": row.name_en}


def node_facts(node: Term | None) -> dict[str, Any] | None:
    """Return a place in an industry chain with the chain it belongs to; None for none."""
    return {**names(node), "chain": names(node.parent)} if node is not None else None


def iso(day: date | None) -> str | None:
    """Return a day as 2025-11-25, or None."""
    return day.isoformat() if day else None


def canonical(content: Mapping[str, Any]) -> str:
    """Return content as JSON in its one form: sorted keys, no blanks, characters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check_code(text: str) -> str:
    """Return the SHA-256 of the canonical form in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def review_code(content: Mapping[str, Any]) -> str:
    """Return the code a review rests on: of the content without the numbers of its entries, which
    are allotted only when it is fixed for signing."""
    return check_code(canonical({**content, "entries": unnumbered(content)}))


def unnumbered(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a content without their numbers."""
    return [{**entry, "number": None} for entry in content["entries"]]


def draft_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what others are shown before it is signed, asked for their opinion or by public
    notice: the edition and its entries, without numbers, document number and date."""
    return {
        "format": content["format"],
        "edition": content["edition"],
        "entries": unnumbered(content),
    }


def snapshots(text: str) -> dict[str, dict[str, Any]]:
    """Return the entries of a frozen content by their numbers."""
    return {entry["number"]: entry for entry in json.loads(text)["entries"]}
