"""How values are written on a page: names, dates, amounts, marked text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.clock import city_zone
from portal.web.display import speaks_english

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
WORDS = re.compile("([\u3001-\u9fff\uff00-\uffef\U00020000-\U0003ffff]+)")
HUNDRED_MILLION = 10_000  # 亿元 in 万元


def in_language(thing: Any, field: str = "name") -> str:
    """Return `field_zh` or `field_en` of a row or mapping; Chinese where English is missing."""
    names = [f"{field}_en", f"{field}_zh"] if speaks_english() else [f"{field}_zh"]
    for name in names:
        value = thing[name] if isinstance(thing, Mapping) else getattr(thing, name)
        if value:
            return str(value)
    return ""


def comma() -> str:
    """Return the comma between two facts of a line: full width in Chinese."""
    return ", " if speaks_english() else "，"


def chinese(text: object) -> Markup:
    """Return text that may be Chinese; on an English page it is declared to be."""
    if speaks_english() and HAN.search(str(text)):
        return Markup('<span lang="zh-CN">{}</span>').format(text)
    return escape(text)


def quoting(text: object) -> Markup:
    """Return a sentence; on an English page the Chinese words in it are declared to be."""
    if not speaks_english():
        return escape(text)
    pieces = WORDS.split(str(text))
    return Markup("").join(chinese(piece) for piece in pieces)


def named(thing: Any, field: str = "name") -> Markup:
    """Return a bilingual name; the Chinese one standing in for English is declared so."""
    return chinese(in_language(thing, field))


def day(value: date | datetime | None) -> str:
    """Return 2025-11-25, a moment in the city's time zone; nothing for None."""
    if value is None:
        return ""
    return f"{in_city(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


def long_day(value: date | datetime | None) -> str:
    """Return 2025年11月25日 or 25 November 2025."""
    if value is None:
        return ""
    local = in_city(value) if isinstance(value, datetime) else value
    if speaks_english():
        return str(format_date(local, "d MMMM y", locale="en"))
    return f"{local.year}年{local.month}月{local.day}日"


def moment(value: datetime | None) -> str:
    """Return 2025-11-25 09:12 in the city's time zone; nothing for None."""
    return "" if value is None else in_city(value).strftime("%Y-%m-%d %H:%M")


def in_city(value: datetime) -> datetime:
    """Return an aware moment in the city's time zone."""
    return value.astimezone(city_zone())


def plain_number(value: Decimal | int | float) -> str:
    """Return a number without exponent and idle zeros: 1.5, 2240."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | int | None) -> str:
    """Return an amount in 万元 as 2240万元 or 2.86亿元, in English as CNY 22.4 million.

    亿 and million are used only where nothing is lost by them.
    """
    if value is None:
        return ""
    amount = Decimal(value)
    if speaks_english():
        return english_money(amount * 10_000)
    if amount >= HUNDRED_MILLION and amount % 1 == 0:
        return f"{plain_number(amount / HUNDRED_MILLION)}亿元"
    return f"{plain_number(amount)}万元"


def english_money(yuan: Decimal) -> str:
    """Return an amount in yuan in millions from a million on, in yuan below."""
    if yuan >= 1_000_000:
        return str(_("CNY %(millions)s million", millions=plain_number(yuan / 1_000_000)))
    whole = yuan.to_integral_value()
    return f"CNY {whole:,f}" if whole == yuan else f"CNY {plain_number(yuan)}"


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return escaped text with the given (start, end) spans, in order, in <mark>."""
    out, at = Markup(""), 0
    for start, end in spans:
        if at <= start < end:
            out += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
            at = end
    return out + escape(text[at:])


def paragraphs(text: str | None) -> Markup:
    """Return plain text as paragraphs, one for each line that is not empty."""
    lines = [line.strip() for line in (text or "").splitlines()]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines if line)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(comma=comma)
    app.jinja_env.filters.update(
        in_language=in_language,
        named=named,
        chinese=chinese,
        quoting=quoting,
        day=day,
        long_day=long_day,
        moment=moment,
        money=money,
        plain_number=plain_number,
        highlight=highlight,
        paragraphs=paragraphs,
    )
