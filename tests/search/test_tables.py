"""The engine's tables: what a transaction leaves, how readers follow, writers that wait or die."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text, update

from portal.search.documents import Deletion, Document
from portal.search.errors import IndexUnavailable
from portal.search.postgres_engine import snapshot as snapshot_module
from portal.search.postgres_engine import writing
from portal.search.postgres_engine.index import Index
from portal.search.postgres_engine.tables import SCHEMA, live_table
from tests.search.conftest import CITY, LITHIUM, STORAGE, keys, search

pytestmark = pytest.mark.postgresql


@pytest.fixture
def engine(postgresql_database: str) -> Iterator[Engine]:
    """An empty database."""
    engine = create_engine(postgresql_database)
    yield engine
    engine.dispose()


@pytest.fixture
def index(engine: Engine) -> Index:
    """The small city, built in tables."""
    index = Index(engine)
    index.rebuild(CITY)
    return index


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names(schema=SCHEMA))


def test_the_index_stands_apart_from_the_portals_tables(engine, index):
    assert inspect(engine).get_table_names() == []
    before = tables(engine)
    assert len(before) == 3

    index.rebuild(CITY)

    assert len(tables(engine)) == 3
    assert tables(engine) & before == {"live"}


def test_a_rebuild_that_fails_leaves_nothing_behind(engine, index):
    def broken():
        yield LITHIUM
        raise ValueError("the database went away")

    before = tables(engine)
    with pytest.raises(ValueError, match="went away"):
        index.rebuild(broken())

    assert tables(engine) == before


def test_what_stands_there_already_is_not_written_again(index):
    index.apply([LITHIUM, STORAGE])
    assert index.stats().generation == 1

    index.apply([replace(LITHIUM, body="别的"), STORAGE])
    assert (index.stats().generation, index.stats().deleted) == (2, 1)


def test_index_of_another_version_is_unavailable_until_rebuilt(engine, index):
    with engine.begin() as connection:
        connection.execute(update(live_table(SCHEMA)).values(version="0/old"))
    reader = Index(engine)

    for do in (reader.open, lambda: index.apply([LITHIUM])):
        with pytest.raises(IndexUnavailable, match="version 0/old"):
            do()
    index.rebuild(CITY)
    assert search(reader, "泡菜").total == 1


@pytest.mark.parametrize("damage", ["DROP TABLE", "TRUNCATE"])
@pytest.mark.parametrize("name", ["live", "documents", "words"])
def test_damaged_tables_are_unavailable_or_empty_never_another_error(engine, index, damage, name):
    found = next(table for table in tables(engine) if table.startswith(name))
    with engine.begin() as connection:
        connection.execute(text(f"{damage} {SCHEMA}.{found}"))
    reader = Index(engine)

    try:
        assert search(reader, "储能").total == 0
        assert damage == "TRUNCATE"
    except IndexUnavailable:
        pass
    index.rebuild(CITY)
    reader.open()
    assert search(reader, "储能").total == 2


def test_second_writer_is_told_to_wait(engine, index, monkeypatch):
    monkeypatch.setattr(writing, "WAIT_FOR_WRITER", 0.1)
    with writing.alone(engine), pytest.raises(IndexUnavailable, match="another process"):
        Index(engine).apply([LITHIUM])

    assert Index(engine).apply([LITHIUM]) == 1


def test_a_writer_that_fails_changes_nothing(index, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(writing, "add", full)
        with pytest.raises(IndexUnavailable, match="No space left"):
            index.apply([replace(LITHIUM, title="新名"), Deletion(STORAGE.key)])
    index.open()

    assert search(index, "储能").total == 2
    assert search(index, "锂源").total == 1


@pytest.mark.parametrize("looked_through", [0, 1000])
def test_a_reader_follows_many_commits(index, engine, monkeypatch, looked_through):
    """Lists it has read are carried on with what came since, or read again."""
    monkeypatch.setattr(snapshot_module, "NEW_ENOUGH", looked_through)
    reader = Index(engine)
    for ref in range(100, 140):
        index.apply(
            [
                Document("enterprise", ref, f"第{ref}号试验厂试验厂", facets={"new": (f"v{ref}",)}),
                Deletion(f"enterprise:{ref - 5}"),
            ]
        )
        reader.open()
        assert keys(search(reader, f"第{ref}号")) == [f"enterprise:{ref}"]
    found, fresh = (search(one, "试验厂") for one in (reader, Index(engine)))

    assert found.total == 5
    assert found == fresh
    assert set(found.facet_counts["new"]) == {f"v{ref}" for ref in range(135, 140)}


def test_a_reader_who_looked_away_for_long_reads_anew(index, engine, monkeypatch):
    monkeypatch.setattr(writing, "LOOK_FOR_DEAD", 1)
    monkeypatch.setattr(writing, "KEEP_DEAD", timedelta(0))
    reader = Index(engine)
    assert search(reader, "储能").total == 2
    index.apply([Deletion(STORAGE.key)])
    index.apply([Document("entry", 70, "氢能场景")])
    index.apply([Document("entry", 71, "氢能场景二")])

    assert index.stats().deleted == 0, "nothing of it is kept in the tables"
    reader.open()
    assert keys(search(reader, "储能")) == [LITHIUM.key]
    assert search(reader, "氢能").total == 2


def test_a_reader_that_holds_mostly_the_dead_reads_anew(index, engine):
    reader = Index(engine)
    reader.open()
    for turn in range(4):
        index.apply([Document("entry", 100 + n, f"第{turn}轮{n}") for n in range(600)])
        reader.open()
        assert search(reader, f"第{turn}轮").total == 600
    assert len(reader.snapshot().alive) < 700


def test_questions_are_put_to_a_server_that_only_reads(index, engine, postgresql_database):
    replica = create_engine(
        postgresql_database,
        connect_args={"options": "-c default_transaction_read_only=on"},
    )
    reader = Index(engine, replica)
    assert search(reader, "储能").total == 2
    assert reader.apply([Deletion(STORAGE.key)]) == 1
    reader.open()
    assert search(reader, "储能").total == 1
    replica.dispose()


WRITER = """
import sys
from sqlalchemy import create_engine
from portal.search.documents import Document
from portal.search.postgres_engine.index import Index
index = Index(create_engine(sys.argv[1]))
for n in range(10_000):
    index.apply([Document("enterprise", 1000 + n % 7, f"第{n}轮核电试验")])
    print(n, flush=True)
    if n == 8:
        index.rebuild(Document("enterprise", 1000 + n % 7, "重建") for n in range(n, 10_000_000, 7))
"""


@pytest.mark.parametrize("more", [0.0, 0.05, 0.4])
def test_killed_writer_leaves_a_readable_index(index, engine, more):
    """`more`: seconds after a commit at which the writer dies in the middle of a rebuild."""
    script = [sys.executable, "-c", WRITER, engine.url.render_as_string(hide_password=False)]
    with subprocess.Popen(
        script, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as writer:
        assert writer.stdout is not None
        for _ in range(9):
            last = int(writer.stdout.readline())
        time.sleep(more)
        writer.send_signal(signal.SIGKILL)
    index.open()

    assert search(index, "核电试验").total == 7  # none lost, none twice
    assert search(index, f"第{last}轮").total == 1
    assert index.apply([LITHIUM]) == 1
    index.open()
    assert search(index, "锂源").total == 1
    assert len(tables(engine)) == 3
