"""The template of a subtype as a workbook: titles, hints, cells to fill in, how to, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from portal.lists.entry_sheets.items import BODIES, Item, hint_mark, items_of, on_page
from portal.lists.models import EntrySubtype, Release
from portal.lists.terms.fields import FieldType
from portal.sheets.workbook_file import SheetOut, stream
from portal.sheets.workbook_layout import Cells, Layout
from portal.sheets.workbook_rows import letters
from portal.web.filters import in_language

MOST_ROWS = 300
HEAD_ROWS = 2  # what it is, the titles of the columns
FIRST_ROW = 4  # below the hints
CODE = re.compile(r"([0-9]{4})-(opportunity|supply|case)-([0-9]{1,3})-([a-z0-9_]{1,40})")
WIDE = {FieldType.LONG_TEXT: 48.0, FieldType.LIST: 36.0, BODIES: 30.0}


def code_of(release: Release, subtype: EntrySubtype) -> str:
    """Return the number of a template: year, list, release and kind of entry."""
    edition = release.edition
    return f"{edition.year}-{edition.kind}-{release.number}-{subtype.slug}"


def template(release: Release, subtype: EntrySubtype) -> Iterator[bytes]:
    """Yield the workbook to fill in for one kind of entry of a call."""
    items = items_of(subtype)
    lists = [item for item in items if is_chosen(item)]
    sheets = [
        SheetOut(_("Entries"), head_rows(release, subtype, items), HEAD_ROWS, layout(items, lists)),
        SheetOut(how_to_title(), how_to(release, subtype, items), 1),
        SheetOut(choices_title(), choice_rows(lists), 1, is_hidden=True),
    ]
    return stream(sheets)


def is_chosen(item: Item) -> bool:
    """Say whether a cell of the column is chosen from a list; several bodies are typed."""
    return bool(item.choices) and item.kind != BODIES


def how_to_title() -> str:
    """Return the title of the sheet that explains."""
    return _("How to fill in")


def choices_title() -> str:
    """Return the title of the sheet the lists of choices stand in."""
    return _("Choices")


def head_rows(release: Release, subtype: EntrySubtype, items: Sequence[Item]) -> list[list[str]]:
    """Return what the template is, the titles of its columns, and a row of hints."""
    what = _(
        "%(list)s, %(kind)s: template no. %(code)s",
        list=in_language(release.edition, "title"),
        kind=in_language(subtype),
        code=code_of(release, subtype),
    )
    titles = [_("No."), *(f"{item.title} *" if item.required else item.title for item in items)]
    return [[what], titles, [hint_mark(), *(hint_of(item) for item in items)]]


def hint_of(item: Item) -> str:
    """Return what is said below a title: its hint, that one chooses, how long it may be."""
    parts = [item.hint]
    if is_chosen(item):
        parts.append(_("choose from the list"))
    if item.longest and item.kind != FieldType.URL:
        parts.append(_("at most %(count)d characters", count=item.longest))
    return "；".join(part for part in parts if part)


def layout(items: Sequence[Item], lists: Sequence[Item]) -> Layout:
    """Return the layout: widths, and what each column takes."""
    places = {item.name: letters(place) for place, item in enumerate(lists)}
    return Layout(
        widths=[6.0, *(WIDE.get(item.kind, 20.0) for item in items)],
        first=FIRST_ROW,
        last=FIRST_ROW + MOST_ROWS - 1,
        cells=[Cells(), *(cells_of(item, places) for item in items)],
    )


def cells_of(item: Item, places: dict[str, str]) -> Cells:
    """Return what the cells of one column take; `places` are the columns of the choices."""
    place = places.get(item.name)
    last = len(item.choices) + 1
    choices = f"'{choices_title()}'!${place}$2:${place}${last}" if place else ""
    return Cells(choices, 0 if choices else item.longest, hint_of(item))


def choice_rows(lists: Sequence[Item]) -> list[list[str]]:
    """Return the choices of each column below its title."""
    longest = max((len(item.choices) for item in lists), default=0)
    rows = [[item.title for item in lists]]
    for place in range(longest):
        rows.append(
            [item.choices[place].label if place < len(item.choices) else "" for item in lists]
        )
    return rows


def how_to(release: Release, subtype: EntrySubtype, items: Sequence[Item]) -> list[list[str]]:
    """Return the sheet that explains the columns and what happens with the file."""
    general = [
        _("One row is one entry, at most %(most)d rows; start below the hints.", most=MOST_ROWS),
        _("Columns marked with * are needed before an entry can be handed in."),
        _("Enter values, not formulas: formulas are not taken over, and macros are refused."),
        _("Do not rename or double columns. Leave the first row: it names the call."),
        _(
            "Upload the file on the page of your unit: it is checked first, and nothing is written"
            " before you confirm."
        ),
    ]
    later = on_page(subtype)
    if later:
        general.append(
            _(
                "Filled in on the page, after the file is taken over: %(names)s",
                names="、".join(later),
            )
        )
    columns = [[item.title, _("yes") if item.required else "", hint_of(item)] for item in items]
    return [
        [_("Template no. %(code)s", code=code_of(release, subtype))],
        *([line] for line in general),
        [],
        [_("Column"), _("Needed"), _("Hints")],
        *columns,
    ]
