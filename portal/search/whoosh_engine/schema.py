"""The engine's fields and a document put into them. Only `snapshot` and `index` know it besides."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence

from portal.search.analysis import (
    code_tokens,
    compact,
    name_tokens,
    phrase_text,
    pinyin_tokens,
    text_tokens,
)
from portal.search.documents import Document
from portal.search.engine import KIND
from portal.search.terms import Field

SCHEMA_VERSION = 2
FACET_SEPARATOR = "\x1f"
PART, TEXT = "\x1e", "\x1f"  # between the parts of what is said, and the texts of one part
PARTS = (Field.NAME, Field.PRODUCT)  # the first parts of what is said
NUMBERS = ("ref", "date", "release", "digest", "title_length", "body_length")


class Tokens(FieldType):  # type: ignore[misc]
    """A field fed with tokens already cut; a posting's weight is how often one stands there."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The engine's tuples (token, frequency, weight, nothing) for a list of tokens."""
        for token, count in Counter(value).items():
            yield token.encode(), count, float(count), b""


TOKEN_FIELDS = (
    "title",
    "names",
    "tags",
    "body",
    "product",
    "code",
    "whole",
    "pinyin",
    "initials",
    "facet",
)


def schema() -> Any:
    """The engine's schema."""
    tokens = {name: Tokens() for name in TOKEN_FIELDS}
    numbers = {name: COLUMN(NumericColumn("I")) for name in NUMBERS}
    return Schema(key=ID(unique=True), said=COLUMN(VarBytesColumn()), **tokens, **numbers)


def release_code(release: int | None) -> int:
    """How a release stands in its column: 0 for none, ids one higher."""
    return 0 if release is None else release + 1


def facet_token(name: str, value: str) -> str:
    """The token of one facet value."""
    return f"{name}{FACET_SEPARATOR}{value}"


def fields(document: Document) -> dict[str, Any]:
    """The engine's keyword arguments for one document."""
    titles = [title for title in (document.title, document.title_en) if title]
    every_name = [document.title, *document.names]
    spelled = [pinyin_tokens(name) for name in every_name]
    title = [token for text in titles for token in name_tokens(text)]
    body = text_tokens(f"{document.body}\n{document.products}")
    return {
        "key": document.key,
        "title": title,
        "names": [token for name in document.names for token in name_tokens(name)],
        "tags": [token for tag in document.tags for token in name_tokens(tag)],
        "body": body,
        "product": name_tokens(document.products),
        "code": [token for code in document.codes for token in code_tokens(code)],
        "whole": [compact(name) for name in (*titles, *document.names, *document.codes)],
        "pinyin": [token for full, _ in spelled for token in full],
        "initials": [token for _, initials in spelled for token in initials],
        "facet": _facet_tokens(document),
        "said": _said(document).encode("utf-8", "replace"),
        "ref": document.ref,
        "date": document.date,
        "release": release_code(document.release),
        "digest": document.digest,
        "title_length": len(title),
        "body_length": len(body),
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
