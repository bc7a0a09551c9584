"""The tables of an index and a document put into them.

They stand in a schema of their own, made by `rebuild` and dropped by the next one: the index is a
copy that can be thrown away, so no migration knows it and no backup holds it.

    live                one row: which build is read, and how far it has been changed
    documents_<build>   keys, columns and facet values; a replaced row stays for a while as dead
    words_<build>       tokens and texts, in a table of their own so that `documents` stays narrow
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from portal.search.analysis import ANALYZER_VERSION
from portal.search.documents import Document
from portal.search.evaluation import MOST_MENTIONS
from portal.search.fields import TOKEN_FIELDS, fields

SCHEMA = "search_index"
VERSION = f"1/{ANALYZER_VERSION}"  # of these tables and of what is put into them

# One vector holds every field: a lexeme is the field's letter and the token.
LETTERS = {
    "title": "t",
    "names": "n",
    "tags": "g",
    "body": "b",
    "product": "p",
    "code": "c",
    "whole": "w",
    "pinyin": "y",
    "initials": "i",
}
NUMBERS = ("ref", "date", "release", "title_length", "body_length")
COUNTED = ("title", "names", "tags", "body", "product")  # fields in which mentions are counted
LONGEST = 500  # characters of a lexeme: the database takes no longer ones, nobody types them
ROOM = 900_000  # bytes of a document's lexemes, of the 1 MB a vector may have


@dataclass(frozen=True)
class Build:
    """The tables of one build."""

    schema: str
    name: str
    documents: Table
    words: Table

    @property
    def tables(self) -> tuple[Table, Table]:
        """Both of them."""
        return self.documents, self.words


@lru_cache(maxsize=8)
def live_table(schema: str) -> Table:
    """The table of one row that says what is read. `last_id` never goes back; deaths up to the
    generation `forgotten` are no longer told."""
    return Table(
        "live",
        MetaData(schema=schema),
        Column("build", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("generation", BigInteger, nullable=False),
        Column("last_id", BigInteger, nullable=False),
        Column("forgotten", BigInteger, nullable=False),
    )


@lru_cache(maxsize=8)
def build_tables(schema: str, name: str) -> Build:
    """The tables of a build; ids are given in the order of commits and never again."""
    metadata = MetaData(schema=schema)
    documents = Table(
        f"documents_{name}",
        metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("key", Text, nullable=False),
        Column("digest", BigInteger, nullable=False),
        *(Column(number, Integer, nullable=False) for number in NUMBERS),
        Column("facets", ARRAY(Text), nullable=False),
        Column("died", BigInteger),  # the generation that replaced or deleted it
        Column("died_at", DateTime(timezone=True)),
    )
    living, dead = documents.c.died.is_(None), documents.c.died.is_not(None)
    Index(f"key_{name}", documents.c.key, unique=True, postgresql_where=living)
    Index(f"died_{name}", documents.c.died, postgresql_where=dead)
    words = Table(
        f"words_{name}",
        metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("tokens", TSVECTOR, nullable=False),
        Column("said", Text, nullable=False),
        # Long values stand apart, so that the ids of a common token are read from few pages.
        postgresql_with={"toast_tuple_target": 128},
    )
    return Build(schema, name, documents, words)


def token_index(build: Build) -> Index:
    """The index over tokens: made after a build is filled, and without a list of what still has
    to be sorted in, which every question would have to read."""
    return Index(
        f"tokens_{build.name}",
        build.words.c.tokens,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )


def rows(document: Document, number: int) -> tuple[list[Any], tuple[bytes, bytes]]:
    """A document's row in the first table, without its death, and its vector and text."""
    kept = fields(document)
    n = kept.numbers
    columns = [number, document.key, n["digest"], *(n[name] for name in NUMBERS)]
    facets = [clean(token).decode() for token in kept.facets]
    return [*columns, facets], (vector(lexemes(kept.tokens)), clean(kept.said))


def lexemes(tokens: Mapping[str, Sequence[str]]) -> list[str]:
    """All lexemes of a document, each once; those of running text last, should there be no room.
    Tokens hold letters, figures and characters only, so none has to be cleaned."""
    found: list[str] = []
    for name in TOKEN_FIELDS:
        letter = LETTERS[name]
        mentions = Counter(token for token in tokens[name] if len(token) <= LONGEST)
        found += [letter + token for token in mentions]
        for token, count in mentions.items():
            if count > 1:
                levels = range(2, min(count, MOST_MENTIONS) + 1)
                found += [lexeme_of(name, token, level) for level in levels]
    return list(_within_room(found))


def _within_room(found: Sequence[str]) -> Sequence[str]:
    if 4 * sum(map(len, found)) + 8 * len(found) < ROOM:  # no character takes more bytes
        return found
    sizes = accumulate(len(lexeme.encode()) + 8 for lexeme in found)
    return found[: sum(size < ROOM for size in sizes)]


def vector(found: Sequence[str]) -> bytes:
    """Lexemes as the database reads a vector from bytes: each ends in a zero, and no places are
    told. Nothing of them is read as syntax."""
    told = "\x00\x00\x00".join([*found, ""])
    return len(found).to_bytes(4) + told.encode()


def lexeme_of(name: str, token: str, level: int = 1) -> str:
    """The lexeme of a token that stands in a field at least `level` times."""
    return f"{LETTERS[name]}{token}" + (f"|{level}" if level > 1 else "")


def tsquery(lexeme: str, is_beginning: bool = False) -> str:
    """What finds a lexeme, as the database reads it."""
    quoted = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (":*" if is_beginning else "")


def clean(said: str) -> bytes:
    """A text the database can keep: broken characters and zeros replaced."""
    return said.encode("utf-8", "replace").replace(b"\x00", b" ")
