"""The fields of the engine's files: lists of tokens, and a column for each value of a document."""

from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, Schema

from portal.search.fields import NUMBERS, TOKEN_FIELDS

SCHEMA_VERSION = 3
COLUMNS = {"said": VarBytesColumn(), **{name: NumericColumn("I") for name in NUMBERS}}


def schema() -> Any:
    """The engine's schema."""
    listed = {name: ID() for name in ("key", "facet", *TOKEN_FIELDS)}
    return Schema(**listed, **{name: COLUMN(column) for name, column in COLUMNS.items()})
