"""What a release's printable catalogue says: from the frozen content of one version and nothing
else. Always in Chinese, with English titles where there are any: it is the same whoever asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.directory.words.values import head_of, plain_value_of, size_words
from portal.directory.words.wording import PROSE, period_of
from portal.lists.models import ReleaseVersion
from portal.lists.terms.fields import UNIT_TYPES, FieldType
from portal.search.analysis import normalise, pinyin
from portal.web.assets import qr_svg
from portal.web.filters import long_day
from portal.web.requests import public_url

CHINESE = "zh_Hans_CN"
Facts = Mapping[str, Any]
CHARACTERS = 40  # of a line, at least
HALF_A_PAGE = 25  # lines, at least
Index = list[dict[str, Any]]


def file_name(version: ReleaseVersion) -> str:
    """Return what the file is called where it is saved."""
    said = json.loads(version.content)
    number, title = said["release"]["number"], said["edition"]["title_zh"]
    sample = "（示例）" if said["edition"]["is_sample"] else ""
    return f"{title}_第{number}批_版本{version.version}{sample}.pdf"


def page_data(version: ReleaseVersion) -> dict[str, Any]:
    """Return what the template prints of a version."""
    said = json.loads(version.content)
    with force_locale(CHINESE):
        return {
            **cover(version, said),
            "foreword": lines_of(said["edition"]["foreword_zh"]),
            "entries": [entry_page(entry) for entry in said["entries"]],
            "indexes": indexes(said["entries"]),
        }


def cover(version: ReleaseVersion, said: Facts) -> dict[str, Any]:
    """Return what stands on the cover; its code leads to the page where a copy is checked."""
    edition, release = said["edition"], said["release"]
    address = public_url(f"/lists/check?code={version.check_code}")
    return {
        "title": edition["title_zh"],
        "title_en": edition["title_en"],
        "sample": edition["is_sample"],
        "number": release["number"],
        "version": version.version,
        "document_no": release["document_no"],
        "dated_on": release["dated_on"] or "",
        "issued_on": long_day(version.issued_at),
        "check_code": version.check_code,
        "bodies": [body["name_zh"] for body in edition["bodies"]],
        "address": address,
        "qr": qr_svg(address),
        "entries_at": public_url("/entries/"),
    }


def entry_page(entry: Facts) -> dict[str, Any]:
    """Return an entry's block; of a withdrawn one number, title and reason."""
    heading = {name: entry[name] for name in ("number", "title_zh", "title_en")}
    if "withdrawn" in entry:
        return heading | {"withdrawn": entry["withdrawn"], "long": False}
    address = public_url(f"/entries/{entry['number']}")
    summary = lines_of(entry["summary_zh"])
    facts = [(name, value) for name, value in facts_of(entry) if value]
    parts = [part_of(item) for item in entry["details"] if item["type"] in PROSE]
    return heading | {
        "withdrawn": None,
        "subtype": entry["subtype"]["name_zh"],
        "summary": summary,
        "facts": facts,
        "parts": parts,
        "long": lines_taken(summary, facts, parts) > HALF_A_PAGE,
        "address": address,
        "qr": qr_svg(address),
    }


def facts_of(entry: Facts) -> list[tuple[str, str]]:
    """Return the short facts of an entry in their order; empty ones too."""
    contact = (entry["office"], entry["landline"])
    places = (entry["district"], entry["zone"])
    return [
        (_("Publisher"), entry["publisher"]["name_zh"]),
        (_("Field"), entry["field"]["name_zh"] if entry["field"] else ""),
        (_("Place in the chain"), node_of(entry)),
        (_("Place"), _(", ").join(place["name_zh"] for place in places if place)),
        *short_details(entry),
        (_("Open period"), period_of(entry)),
        (_("Lead bodies"), _(", ").join(body["name_zh"] for body in entry["leads"])),
        (_("Cooperating bodies"), _(", ").join(body["name_zh"] for body in entry["cooperating"])),
        (_("Contacts"), " ".join(part for part in contact if part)),
        (_("Basis"), entry["basis"]),
        (_("Carries on"), entry.get("continues") or ""),
    ]


def short_details(entry: Facts) -> list[tuple[str, str]]:
    """Return the details that stand among the facts; a file by its name and size."""
    return [
        (item["label_zh"], detail_text(item))
        for item in entry["details"]
        if item["type"] not in PROSE
    ]


def detail_text(item: Facts) -> str:
    """Return a short detail as it is printed."""
    value = plain_value_of(item)
    if item["type"] == FieldType.FILE:
        return f"{value} ({size_words(item['value'])})"
    return value


def part_of(item: Facts) -> dict[str, Any]:
    """Return a detail that stands by itself: a text, a list or a table."""
    part = {"label": item["label_zh"], "type": item["type"]}
    if item["type"] == FieldType.TABLE:
        columns = item["columns"]
        figures = [column["type"] in UNIT_TYPES for column in columns]
        heads = [head_of(column) for column in columns]
        return part | {"heads": heads, "figures": figures, "rows": item["value"]}
    if item["type"] == FieldType.LIST:
        return part | {"lines": item["value"]}
    return part | {"lines": lines_of(item["value"])}


def lines_taken(
    summary: Sequence[str], facts: Sequence[tuple[str, str]], parts: Sequence[Facts]
) -> int:
    """Return about how many lines an entry takes: whether it may be longer than a page."""
    texts = [*summary, *(value * 2 for _name, value in facts)]
    texts += [line for part in parts for line in part.get("lines", [])]
    rows = [row for part in parts for row in part.get("rows", [])]
    texts += [max(row, key=len) * len(row) for row in rows]
    return len(parts) + sum(1 + len(text) // CHARACTERS for text in texts)


def lines_of(text: str | None) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def indexes(entries: Sequence[Facts]) -> list[dict[str, Any]]:
    """Return the indexes of what stands: by place, by field, by place in the chain where there is
    any, by publisher."""
    placed = [node_of(entry) for entry in entries if "withdrawn" not in entry]
    by_node = {"title": "按产业链环节索引", "groups": index(entries, node_of)}
    return [
        {"title": "按功能区和区县索引", "groups": index(entries, zone_of)},
        {"title": "按领域索引", "groups": index(entries, field_of)},
        *([by_node] if any(placed) else []),
        {"title": "按发布主体索引", "groups": index(entries, publisher_of)},
    ]


def index(entries: Sequence[Facts], name_of: Callable[[Facts], str]) -> Index:
    """Return names in the order of their sound, each with the places of its entries."""
    groups: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if "withdrawn" not in entry and name_of(entry):
            groups.setdefault(name_of(entry), []).append(place)
    ordered = sorted(groups, key=lambda name: (pinyin(normalise(name)), name))
    return [{"name": name, "entries": groups[name]} for name in ordered]


def zone_of(entry: Facts) -> str:
    """Return the zone of an entry, else its district, else that it is for the whole city."""
    place = entry["zone"] or entry["district"]
    return str(place["name_zh"]) if place else str(_("Citywide"))


def field_of(entry: Facts) -> str:
    """Return the field of an entry, or that it has none."""
    return str(entry["field"]["name_zh"]) if entry["field"] else str(_("Without a field"))


def node_of(entry: Facts) -> str:
    """Return the place of an entry in a chain, the chain first; "" for none."""
    node = entry.get("node")
    if not node:
        return ""
    return " · ".join(place["name_zh"] for place in (node["chain"], node) if place)


def publisher_of(entry: Facts) -> str:
    """Return the publisher as the content names it: of an entry without name, that it has none."""
    return str(entry["publisher"]["name_zh"])
