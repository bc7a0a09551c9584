"""A document cut into fields: the tokens, facets, numbers and words every engine keeps of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.search.analysis import (
    code_tokens,
    compact,
    name_tokens,
    phrase_text,
    pinyin_tokens,
    tag_tokens,
    text_tokens,
)
from portal.search.documents import Document
from portal.search.engine import KIND
from portal.search.terms import Field

FACET_SEPARATOR = "\x1f"
PART, TEXT = "\x1e", "\x1f"  # between the parts of what is said, and the texts of one part
PARTS = (Field.NAME, Field.PRODUCT)  # the first parts of what is said
NUMBERS = ("ref", "date", "release", "digest", "title_length", "body_length")
TOKEN_FIELDS = (
    "title",
    "names",
    "tags",
    "code",
    "whole",
    "pinyin",
    "initials",
    "product",
    "body",
)


@dataclass(frozen=True)
class Fields:
    """What an engine keeps of a document: tokens by field, in order and repeated as they stand;
    the tokens of its facet values; all that phrases are looked for in; the number columns."""

    tokens: Mapping[str, Sequence[str]]
    facets: Sequence[str]
    said: str
    numbers: Mapping[str, int]


def release_code(release: int | None) -> int:
    """How a release stands in its column: 0 for none, ids one higher."""
    return 0 if release is None else release + 1


def facet_token(name: str, value: str) -> str:
    """The token of one facet value."""
    return f"{name}{FACET_SEPARATOR}{value}"


def fields(document: Document) -> Fields:
    """A document as every engine keeps it."""
    tokens = _tokens(document)
    numbers = {
        "ref": document.ref,
        "date": document.date,
        "release": release_code(document.release),
        "digest": document.digest,
        "title_length": len(tokens["title"]),
        "body_length": len(tokens["body"]),
    }
    return Fields(tokens, _facet_tokens(document), _said(document), numbers)


def _tokens(document: Document) -> dict[str, list[str]]:
    titles = [title for title in (document.title, document.title_en) if title]
    spelled = [pinyin_tokens(name) for name in (document.title, *document.names)]
    return {
        "title": [token for text in titles for token in name_tokens(text)],
        "names": [token for name in document.names for token in name_tokens(name)],
        "tags": [token for tag in document.tags for token in tag_tokens(tag)],
        "code": [token for code in document.codes for token in code_tokens(code)],
        "whole": [compact(name) for name in (*titles, *document.names, *document.codes)],
        "pinyin": [token for full, _ in spelled for token in full],
        "initials": [token for _, initials in spelled for token in initials],
        "product": name_tokens(document.products),
        "body": text_tokens(f"{document.body}\n{document.products}"),
    }


def _facet_tokens(document: Document) -> list[str]:
    """Each value once: a facet counts records, not mentions."""
    chosen = {facet_token(name, value) for name, vs in document.facets.items() for value in vs}
    return [facet_token(KIND, document.kind), *sorted(chosen)]


def _said(document: Document) -> str:
    """All that phrases are looked for in: names, products and the rest, see `parts_of`."""
    names = [name for name in (document.title, document.title_en, *document.names) if name]
    parts = (names, [document.products], [*document.tags, document.body, *document.codes])
    return PART.join(TEXT.join(map(phrase_text, part)) for part in parts)


def parts_of(said: str, field: Field | None) -> str:
    """The part of a stored text that a field looks at, all of it for None."""
    if field is None:
        return said
    return said.split(PART)[PARTS.index(field)]
