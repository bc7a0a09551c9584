"""The fields of the engine's files and a document put into them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence

from portal.search.documents import Document
from portal.search.fields import NUMBERS, TOKEN_FIELDS, fields

SCHEMA_VERSION = 2


class Tokens(FieldType):  # type: ignore[misc]
    """A field fed with tokens already cut; a posting's weight is how often one stands there."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The engine's tuples (token, frequency, weight, nothing) for a list of tokens."""
        for token, count in Counter(value).items():
            yield token.encode(), count, float(count), b""


def schema() -> Any:
    """The engine's schema."""
    tokens = {name: Tokens() for name in (*TOKEN_FIELDS, "facet")}
    numbers = {name: COLUMN(NumericColumn("I")) for name in NUMBERS}
    return Schema(key=ID(unique=True), said=COLUMN(VarBytesColumn()), **tokens, **numbers)


def arguments(document: Document) -> dict[str, Any]:
    """The engine's keyword arguments for one document."""
    kept = fields(document)
    return {
        "key": document.key,
        "facet": kept.facets,
        "said": kept.said.encode("utf-8", "replace"),
        **kept.tokens,
        **kept.numbers,
    }
