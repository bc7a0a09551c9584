"""How the database reads a page of each public list: by an index in its order, whatever is chosen.

The structure is looked at, not the time: a list that sorts or scans a table gets slower with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from flask import Flask

from portal.database import refresh_statistics
from portal.directory.queries.listing import Source
from portal.extensions import db
from portal.prepared import Prepared
from tests.counts.live import sources
from tests.enterprises.sheets import firms, import_sheet, sheet

Chosen = Mapping[str, Sequence[str]]
IN_ORDER = ("district", "zone", "key_industry", "node")  # an index of each is in the order of names
SORTS = "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture
def lists(app: Flask) -> list[Source]:
    """Every public list, with rows the database has looked at."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the words are SQLite's")
    import_sheet(sheet(*firms(300)))
    refresh_statistics("enterprise")
    return list(sources())


def choices(source: Source) -> Iterator[Chosen]:
    """Yield no choice, and one value and two of each facet."""
    yield {}
    for facet in source.facets:
        for count in (1, 2):
            if facet.options:
                yield {facet.name: [option.slug for option in facet.options[:count]]}


def steps(question: Prepared, asked: Mapping[str, object]) -> list[str]:
    """Return the steps by which SQLite reads a statement, its parameters unknown as in use."""
    expanded = question.statement.compile(db.engine).construct_expanded_state(dict(asked))
    values = [plain(value) for value in expanded.positional_parameters]
    raw = db.session.connection().connection.driver_connection
    assert raw is not None
    found = raw.execute(f"EXPLAIN QUERY PLAN {expanded.statement}", values)
    return [row[3] for row in found]


def plain(value: object) -> object:
    """Return a value as the driver takes it."""
    return value if isinstance(value, int | str | None) else str(value)


def test_no_list_reads_a_whole_table(lists: list[Source]) -> None:
    for source in lists:
        for sort in source.orders:
            for chosen in choices(source):
                found = steps(*source.page_question(chosen, sort, 20, 40))
                whole = [one for one in found if one in ("SCAN enterprise", "SCAN entry")]
                assert not whole, (source.kind, sort, chosen)


def test_the_registry_is_read_in_its_order_and_not_sorted(lists: list[Source]) -> None:
    registry = lists[0]
    single = [one for one in choices(registry) if all(len(some) == 1 for some in one.values())]
    for chosen in single:
        if not chosen or set(chosen) <= set(IN_ORDER):
            found = steps(*registry.page_question(chosen, "name", 20, 40))
            assert SORTS not in found, (chosen, found)
    assert SORTS not in steps(*registry.page_question({}, "admitted", 20, 40))


class Counts:
    """Kept counts by the names of the facets chosen."""

    def __init__(self, **totals: int) -> None:
        self.totals = totals

    def total(self, chosen: Mapping[str, object]) -> int:
        return self.totals["_".join(sorted(chosen)) or "all"]


def test_a_page_is_soon_full_of_what_many_have(
    lists: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty rows of 100 in 1,000 are met within 200, which costs as much as finding 25; so are
    they in a district of 100."""
    registry = lists[0]
    title, both = {"title": ["high_tech"]}, {"title": ["high_tech"], "district": [1]}
    monkeypatch.setattr(Source, "cube", lambda _source: Counts(all=1000, title=26, district=100))
    assert registry.is_full_soon(title, 100, 20)
    assert registry.is_full_soon(both, 10, 20)
    monkeypatch.setattr(Source, "cube", lambda _source: Counts(all=1000, title=25, district=100))
    assert not registry.is_full_soon(title, 100, 20)
    assert not registry.is_full_soon(both, 10, 20)
    assert not registry.is_full_soon({"district": [1]}, 100, 20)  # its index has the order


def test_what_many_have_is_read_in_the_order_of_the_list(
    lists: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = lists[0]
    for name in ("title", "pillar"):
        facet = next(one for one in registry.facets if one.name == name)
        chosen = {name: [facet.options[0].slug]}
        assert SORTS in steps(*registry.page_question(chosen, "name", 20, 0))
        monkeypatch.setattr(Source, "is_full_soon", lambda *_asked: True)
        assert SORTS not in steps(*registry.page_question(chosen, "name", 20, 0, total=1))
        monkeypatch.undo()


def test_both_ways_of_reading_a_page_find_the_same(
    lists: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in lists:
        order = next(iter(source.orders))
        for chosen in choices(source):
            few = source.page(chosen, order, 20, 0)
            with monkeypatch.context() as patched:
                patched.setattr(Source, "is_full_soon", lambda *_asked: True)
                many = source.page(chosen, order, 20, 0, total=1)
            assert [row.id for row in few] == [row.id for row in many], (source.kind, chosen)
