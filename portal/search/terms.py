"""How hits are found and ordered, and why a query has no answer."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Stage(StrEnum):
    """The stage of the query that found a hit, from the surest to the least sure."""

    STRICT = "strict"
    PINYIN = "pinyin"
    RELAXED = "relaxed"
    PARTIAL = "partial"


class Order(StrEnum):
    """In which order hits come; equal ones newest first, then by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Field(StrEnum):
    """Where a part of a query is looked for, when it says so."""

    NAME = "name"
    PRODUCT = "product"
    CODE = "code"


class Note(StrEnum):
    """What looked like a sign of the query language and was read as text."""

    OPEN_QUOTE = "open_quote"
    EMPTY_FIELD = "empty_field"
    ONLY_EXCLUDED = "only_excluded"


class Reason(StrEnum):
    """Why a query was not put to the index at all."""

    EMPTY = "empty"
    TOO_LONG = "too_long"


STAGE_LABELS = {
    Stage.STRICT: _l("Exact match"),
    Stage.PINYIN: _l("Matched by pinyin"),
    Stage.RELAXED: _l("Near match"),
    Stage.PARTIAL: _l("Holds most of the words"),
}

REASON_LABELS = {
    Reason.EMPTY: _l("Enter a name, a word or a number to search for."),
    Reason.TOO_LONG: _l("The query is too long. Shorten it to a few words."),
}

SYNONYM_ACTS = {
    "add_synonyms": _l("Words that stand for each other added"),
    "change_synonyms": _l("Words that stand for each other changed"),
    "retire_synonyms": _l("Words stand for themselves again"),
}

NOTE_LABELS = {
    Note.OPEN_QUOTE: _l("A quotation mark is not closed: the words after it were read as text."),
    Note.EMPTY_FIELD: _l("Nothing stands after “name:”, “product:” or “code:”: read as text."),
    Note.ONLY_EXCLUDED: _l("Everything was marked to be left out: the words were read as text."),
}

NEED_KIND_NAMES = {
    "opportunity": _l("An opportunity or a partner"),
    "supply": _l("A product, technology or service"),
    "case": _l("An example to learn from"),
    "policy": _l("A policy or notice"),
}
