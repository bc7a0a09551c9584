"""The evaluator agrees with the engine's own search on what matches."""

import pytest
from whoosh.index import open_dir
from whoosh.query import And, Or, Term

from portal.search.analysis import name_query, normalise, text_query
from portal.search.clauses import NAME_FIELDS
from portal.search.parsing import parse
from tests.search.conftest import search
from tests.search.test_scope import WORDS, town  # noqa: F401 - a fixture


def by_engine(index, text):
    """Keys that the engine finds for every word of the text in any field."""
    words = [
        Or(
            [
                *(And([Term(f, t) for t in name_query(word.text)]) for f in NAME_FIELDS),
                And([Term("body", token) for token in text_query(word.text)]),
            ]
        )
        for word in parse(text).words
    ]
    engine = open_dir(str(index.folder / "current"))
    with engine.searcher() as searcher:
        return len(searcher.search(And(words), limit=None).docs())


@pytest.mark.parametrize(
    "text", [*WORDS, "储能 泡菜", "光伏材料", "有限公司", "能", "储能光伏 机械", "火锅"]
)
def test_totals_agree(town, text):  # noqa: F811
    index, _ = town
    assert normalise(text) == text

    assert search(index, text, public_releases=frozenset({1, 2})).total == by_engine(index, text)
