"""The columns of a subtype's template: the fields of its form, as data, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.enterprises.filling.steps import label, with_parents
from portal.lists.facts import labels
from portal.lists.models import Entry, EntrySubtype
from portal.lists.rules.values import label_of, longest
from portal.lists.terms.fields import (
    DETAIL_PREFIX,
    LONGEST,
    REQUIRED,
    TERM_FIELDS,
    FieldType,
)
from portal.sheets.header import Column, Titles
from portal.sheets.reading import Form
from portal.taxonomy.models import Term
from portal.taxonomy.queries import departments
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language

REF = "ref"
ON_PAGE = frozenset({FieldType.FILE, FieldType.TABLE})
BODIES = "bodies"
TICK = "tick"
NAMES = (attrgetter("name_zh"), attrgetter("name_en"))
LOCALES = ("zh_Hans_CN", "en")
FROM_UNIT = frozenset({"office", "landline"})  # taken over from the unit where left empty
OWN_TYPES: Mapping[str, str] = {
    "summary": FieldType.LONG_TEXT,
    "summary_en": FieldType.LONG_TEXT,
    "quote": FieldType.LONG_TEXT,
    "standing": TICK,
    "opens_on": FieldType.DATE,
    "closes_on": FieldType.DATE,
    "leads": BODIES,
    "cooperating": BODIES,
    **dict.fromkeys(TERM_FIELDS, FieldType.CHOICE),
}


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen, as it is shown, with other words it is known by."""

    value: str
    label: str
    words: frozenset[str]


@dataclass(frozen=True)
class Item:
    """One column: `name` is the field's in the form of the entry, `described` its description
    where it is one of the subtype."""

    name: str
    label: str
    kind: str
    required: bool
    unit: str = ""
    hint: str = ""
    longest: int = 0
    choices: tuple[Choice, ...] = ()
    aliases: tuple[str, ...] = ()
    described: Mapping[str, Any] | None = None

    @property
    def title(self) -> str:
        """The title of the column: the label with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def column(self) -> Column:
        """The column as it is looked for in a sheet."""
        return Column(self.name, self.title, (self.label, *self.aliases), self.required)


def blank_entry(subtype: EntrySubtype) -> Entry:
    """Return an entry of a public body as it begins, never to be kept."""
    return Entry(subtype=subtype, details={}, leads=[], cooperating=[], standing=False)


def items_of(subtype: EntrySubtype) -> list[Item]:
    """Return the columns of a subtype's template in the order of its form."""
    entry = blank_entry(subtype)
    others = labels_in_all_languages(entry)
    described = {DETAIL_PREFIX + field["key"]: field for field in subtype.fields}
    return [
        detail_item(name, label, described[name], others[name])
        if name in described
        else own_item(name, label, others[name])
        for name, label in labels(entry).items()
        if name not in described or described[name]["type"] not in ON_PAGE
    ]


def on_page(subtype: EntrySubtype) -> list[str]:
    """Return the labels of what is filled in on the page only: files and tables."""
    return [label_of(field) for field in subtype.fields if field["type"] in ON_PAGE]


def labels_in_all_languages(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the label of every field in each language."""
    found: dict[str, list[str]] = {}
    for locale in LOCALES:
        with force_locale(locale):
            for name, label in labels(entry).items():
                found.setdefault(name, []).append(label)
    return {name: tuple(all_labels) for name, all_labels in found.items()}


def own_item(name: str, label: str, aliases: tuple[str, ...]) -> Item:
    """Return the column of a field every entry has."""
    return Item(
        name,
        label,
        OWN_TYPES.get(name, FieldType.TEXT),
        required=name in REQUIRED and name not in FROM_UNIT,
        hint=own_hint(name),
        longest=LONGEST.get(name, 0),
        choices=own_choices(name),
        aliases=aliases,
    )


def own_hint(name: str) -> str:
    """Return what is said below the title of a common column."""
    hints = {
        "title": _("Up to 40 characters are read at a glance; at most 120"),
        "summary": _("One or two sentences, shown in the list"),
        "closes_on": _("A day such as 2026-12-31; empty where the entry is standing"),
        "opens_on": _("A day such as 2026-12-31"),
        "standing": _("Choose yes where there is no closing date"),
        "office": _("Left empty, the unit’s own office is taken"),
        "landline": _("Left empty, the unit’s own landline is taken"),
        "leads": _("Names of bodies, separated by 、"),
        "cooperating": _("Names of bodies, separated by 、"),
        "node": _("The chain and its node; leave empty when it stands in none"),
        "district": _("Leave empty when it concerns the whole city"),
        "zone": _("Leave empty when it is in none"),
    }
    return hints.get(name, "")


def own_choices(name: str) -> tuple[Choice, ...]:
    """Return what may be chosen in a common column."""
    if name in TERM_FIELDS:
        return tuple(term_choice(term) for term in with_parents(Scheme(name)))
    if name in ("leads", "cooperating"):
        return tuple(
            choice_of(body.slug, body, (body.full_name_zh, *body.aliases)) for body in departments()
        )
    if name == "standing":
        return (
            Choice("yes", _("yes"), frozenset({"是", "yes", "y", "√"})),
            Choice("", _("no"), frozenset({"否", "no", "n"})),
        )
    return ()


def term_choice(term: Term) -> Choice:
    """Return a term as a choice; a node also behind the name of its chain, in each language."""
    found = choice_of(term.slug, term, [label(term, name) for name in NAMES])
    return replace(found, label=label(term, in_language))


def choice_of(value: str, row: Any, more: Sequence[str] = ()) -> Choice:
    """Return a term or body as a choice."""
    words = {value, row.name_zh, row.name_en, *more}
    return Choice(value, in_language(row), frozenset(word.casefold() for word in words if word))


def detail_item(name: str, label: str, field: Mapping[str, Any], aliases: tuple[str, ...]) -> Item:
    """Return the column of a field of the subtype."""
    kind = FieldType(field["type"])
    has_length = kind in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL)
    hint = label_of(field, "hint")
    if kind == FieldType.LIST:
        hint = hint or _("One item per line in the cell")
    if kind == FieldType.DATE:
        hint = hint or _("A day such as 2026-12-31")
    return Item(
        name,
        label,
        kind,
        required=bool(field.get("required")),
        unit=label_of(field, "unit"),
        hint=hint,
        longest=longest(field) if has_length else 0,
        choices=tuple(described_choice(one) for one in field.get("choices") or ()),
        aliases=aliases,
        described=field,
    )


def described_choice(one: Mapping[str, Any]) -> Choice:
    """Return one choice of a description."""
    words = {str(one["value"]), one["label_zh"], one.get("label_en", "")}
    return Choice(
        str(one["value"]), label_of(one), frozenset(word.casefold() for word in words if word)
    )


def hint_mark() -> str:
    """Return what stands in place of a running number in the row of hints."""
    return _("Hints")


def form_of(items: Sequence[Item]) -> Form:
    """Return how a filled template is read: what makes a row one, and which row holds hints."""
    ref = Column(REF, _("No."), ("序号", "No."))
    titles = Titles([ref, *(item.column for item in items)])
    needed = [item.name for item in items if item.required and item.name != "title"]
    return Form(titles, (*needed, "title"), hints=in_every_language(hint_mark))


def in_every_language(*said: Callable[[], str]) -> frozenset[str]:
    """Return words of the template in every language it may be downloaded in."""
    found = set()
    for locale in LOCALES:
        with force_locale(locale):
            found |= {word() for word in said}
    return frozenset(found)
