"""Vocabulary of the figures: groups, kinds, units, and who says so."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Group(StrEnum):
    """A page of the figures' form, in their order."""

    SIZE = "size"
    INCOME = "income"
    BALANCE = "balance"
    RD = "rd"
    IP = "ip"
    MARKET = "market"
    FINANCE = "finance"
    COMPLIANCE = "compliance"
    REVIEW = "review"


GROUP_NAMES = {
    Group.SIZE: _l("Size and staff"),
    Group.INCOME: _l("Income"),
    Group.BALANCE: _l("Assets and liabilities"),
    Group.RD: _l("R&D"),
    Group.IP: _l("Intellectual property and results"),
    Group.MARKET: _l("Market and products"),
    Group.FINANCE: _l("Financing"),
    Group.COMPLIANCE: _l("Compliance"),
    Group.REVIEW: _l("Reviewers’ verdicts"),
}


class Kind(StrEnum):
    """What a figure's value is."""

    WHOLE = "int"
    DECIMAL = "decimal"
    BOOL = "bool"
    CHOICE = "enum"
    DATE = "date"
    CODE = "code"


class Unit(StrEnum):
    """What a figure counts. A ratio is kept as a fraction and shown in per cent."""

    PERSON = "person"
    WAN = "wan"
    USD = "usd"
    ITEM = "item"
    YEAR = "year"
    LEVEL = "level"
    RANK = "rank"
    POINT = "point"
    RATIO = "ratio"
    FLAG = "flag"
    ENUM = "enum"
    CODE4 = "code4"


UNIT_WORDS = {
    Unit.PERSON: _l("persons"),
    Unit.WAN: _l("CNY 10,000"),
    Unit.USD: _l("USD"),
    Unit.ITEM: _l("items"),
    Unit.YEAR: _l("years"),
    Unit.LEVEL: _l("level (1 to 4)"),
    Unit.RANK: _l("rank"),
    Unit.POINT: _l("points"),
    Unit.RATIO: "%",
}


class Source(StrEnum):
    """Who says so. Rows of several sources stand side by side and are never merged."""

    SELF_DECLARED = "self_declared"
    CHECKED = "checked"
    OFFICIAL = "official"
    BUREAU = "bureau"


SOURCE_NAMES = {
    Source.SELF_DECLARED: _l("Stated by the enterprise"),
    Source.CHECKED: _l("Checked against evidence"),
    Source.OFFICIAL: _l("Official figure"),
    Source.BUREAU: _l("Supplied by the bureau"),
}
# What a rule reads where several sources speak: the first that does.
PRECEDENCE = (Source.OFFICIAL, Source.CHECKED, Source.BUREAU, Source.SELF_DECLARED)


class FilledBy(StrEnum):
    """Whose form asks for a figure."""

    MEMBER = "member"
    OFFICER = "officer"


YEARS_BACK = 4  # Y0 to Y3
