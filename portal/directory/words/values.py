"""How the value of one detail is written: on a page, and on a line of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from portal.lists.terms.fields import UNIT_TYPES, FieldType
from portal.web.filters import chinese, in_language, money, paragraphs

Item = Mapping[str, Any]


def value_of(item: Item) -> Markup:
    """Return one detail as a page writes it, in the language being spoken."""
    value = item["value"]
    match item["type"]:
        case FieldType.LIST:
            lines = (Markup("<li>{}</li>").format(chinese(line)) for line in value)
            return Markup("<ul>{}</ul>").format(Markup("").join(lines))
        case FieldType.LONG_TEXT:
            return chinese_block(value)
        case FieldType.URL:
            return Markup('<a href="{}">{}</a>').format(value, value)
        case FieldType.TABLE:
            return table_of(item)
    return chinese(plain_value_of(item))


def plain_value_of(item: Item) -> str:
    """Return one detail as a file writes it, in the language being spoken."""
    value = item["value"]
    match item["type"]:
        case FieldType.MONEY:
            return money(Decimal(value))
        case FieldType.NUMBER | FieldType.DECIMAL:
            return f"{value}{unit_of(item)}"
        case FieldType.FILE:
            return str(value["name"])
        case FieldType.TABLE:
            return "; ".join(row_text(item["columns"], row) for row in value)
        case FieldType.CHOICE:
            return in_language(item, "value")
        case FieldType.LIST:
            return "; ".join(value)
    return " ".join(str(value).split())


def table_of(item: Item) -> Markup:
    """Return a table as a page draws it, scrolling by itself where it is wider than the page."""
    label = in_language(item, "label")
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(side_of(column), chinese(head_of(column)))
        for column in item["columns"]
    )
    rows = (
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td{}>{}</td>").format(side_of(column), chinese(cell))
                for column, cell in zip(item["columns"], row, strict=True)
            )
        )
        for row in item["value"]
    )
    return Markup(
        '<div class="scroll-x" tabindex="0" role="region" aria-label="{}"><table>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(label, heads, Markup("").join(rows))


def side_of(column: Item) -> Markup:
    """Return the class that puts figures on the right."""
    return Markup(' class="r"') if column["type"] in UNIT_TYPES else Markup("")


def head_of(column: Item) -> str:
    """Return the head of a table's column with its unit."""
    label, unit = in_language(column, "label"), in_language(column, "unit")
    return str(_("%(label)s (%(unit)s)", label=label, unit=unit)) if unit else label


def row_text(columns: Iterable[Item], row: Iterable[str]) -> str:
    """Return a row of a table on one line, each cell after the head of its column."""
    pairs = zip(columns, row, strict=True)
    return ", ".join(f"{head_of(column)} {cell}" for column, cell in pairs if cell)


def unit_of(item: Item) -> str:
    """Return the unit of a number as it follows the figure."""
    unit = in_language(item, "unit")
    return f" {unit}" if unit.isascii() and unit else unit


def chinese_block(text: str) -> Markup:
    """Return paragraphs; on an English page a Chinese text is declared to be Chinese."""
    said = chinese(text)
    if "<span" in said:
        return Markup('<div lang="zh-CN">{}</div>').format(paragraphs(text))
    return paragraphs(text)


def size_words(file: Item) -> str:
    """Return the type and size of a file: PDF, 1.2 MB."""
    ending = str(file["name"]).rpartition(".")[2].upper()
    size = file["size"] / 1024
    return f"{ending}, {size:.0f} KB" if size < 1000 else f"{ending}, {size / 1024:.1f} MB"
