"""What the engine finds in its own lists is what plain Whoosh finds over the same tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.index import create_in
from whoosh.query import And, Or, Query, Term

from portal.search.analysis import name_query, text_query
from portal.search.clauses import NAME_FIELDS
from portal.search.engine import Engine
from portal.search.fields import fields
from portal.search.parsing import parse
from portal.search.terms import Order
from tests.search.conftest import search
from tests.search.test_scope import RECORDS, WORDS, town  # noqa: F401 - a fixture

PUBLIC = frozenset({1, 2})
LOOKED_AT = (*NAME_FIELDS, "body")
TEXTS = [*WORDS, "储能 泡菜", "光伏材料", "有限公司", "能", "储能光伏 机械", "火锅"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same records in an index of Whoosh's own making, a token to a line."""
    listed = {name: TEXT(analyzer=RegexTokenizer(r"[^\n]+"), phrase=False) for name in LOOKED_AT}
    folder: Path = tmp_path_factory.mktemp("whoosh")
    schema = Schema(key=ID(stored=True), date=NUMERIC(sortable=True), **listed)
    index = create_in(str(folder), schema)
    with index.writer() as writer:
        for record in RECORDS:
            kept = fields(record)
            words = {name: "\n".join(kept.tokens[name]) for name in LOOKED_AT}
            writer.add_document(key=record.key, date=record.date, **words)
    return index


def asked(text: str) -> Query:
    """Every word of a text in any field, as Whoosh asks it."""
    return And([in_any_field(word.text) for word in parse(text).words])


def in_any_field(word: str) -> Query:
    """All pairs of a word in a name, or all its words in running text."""
    names = [And([Term(name, token) for token in name_query(word)]) for name in NAME_FIELDS]
    return Or([*names, And([Term("body", token) for token in text_query(word)])])


@pytest.mark.parametrize("text", TEXTS)
def test_as_much_is_found_as_whoosh_finds(
    town: tuple[Engine, Any],  # noqa: F811
    plain: Any,
    text: str,
) -> None:
    with plain.searcher() as searcher:
        found = len(searcher.search(asked(text), limit=None).docs())
    assert search(town[0], text, public_releases=PUBLIC).total == found


@pytest.mark.parametrize("text", TEXTS)
def test_by_date_it_stands_in_the_order_of_whoosh(
    town: tuple[Engine, Any],  # noqa: F811
    plain: Any,
    text: str,
) -> None:
    dates = {record.key: record.date for record in RECORDS}
    with plain.searcher() as searcher:
        found = searcher.search(asked(text), limit=30, sortedby="date", reverse=True)
        expected = [dates[hit["key"]] for hit in found]
    shown = search(town[0], text, order=Order.NEWEST, public_releases=PUBLIC, size=30).hits
    assert [dates[hit.key] for hit in shown] == expected
