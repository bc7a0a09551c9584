"""What a writer does within its one transaction."""

import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from struct import Struct
from typing import Any

import psycopg
from psycopg import Cursor
from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.schema import CreateSchema, CreateTable, DropTable

from portal.search.documents import Document
from portal.search.errors import IndexUnavailable
from portal.search.postgres_engine.tables import (
    NUMBERS,
    VERSION,
    Build,
    build_tables,
    live_table,
    rows,
    token_index,
)

WAIT_FOR_WRITER = 5.0  # seconds that a writer waits for another one
WRITER = 20220018  # the advisory lock of whoever writes
AT_ONCE = 500  # documents of a copy
COPY_BEGINS = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_ENDS = b"\xff\xff"
ROW_BEGINS = Struct(">hiqi")  # how many values, the length of the first and it, the second's length
LOOK_FOR_DEAD = 100  # changes after which old dead rows are removed
KEEP_DEAD = timedelta(hours=1)  # a reader who looked away for longer reads everything anew
SORTING = "SET LOCAL maintenance_work_mem = '256MB'"  # for the index over tokens of a new build


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction as the only writer of all machines. Raises `IndexUnavailable` after
    WAIT_FOR_WRITER; the database lets go of the lock when the writer dies."""
    until = time.monotonic() + WAIT_FOR_WRITER
    with engine.begin() as connection:
        while not connection.scalar(select(func.pg_try_advisory_xact_lock(WRITER))):
            if time.monotonic() > until:
                raise IndexUnavailable("another process is writing the search index")
            time.sleep(0.05)
        yield connection


def held(connection: Connection, build: Build, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """The id and check figure of the living rows with these keys."""
    c = build.documents.c
    wanted = c.key == func.any(cast(list(keys), ARRAY(Text)))
    found = connection.execute(select(c.key, c.id, c.digest).where(wanted, c.died.is_(None)))
    return {key: (number, digest) for key, number, digest in found}


def bury(connection: Connection, build: Build, ids: Collection[int], generation: int) -> None:
    """Let rows be dead from a generation on."""
    documents = build.documents
    gone = documents.c.id == func.any(cast(list(ids), ARRAY(BigInteger)))
    connection.execute(update(documents).where(gone).values(died=generation, died_at=func.now()))


def add(connection: Connection, build: Build, documents: Iterable[Document], last_id: int) -> int:
    """Copy documents in with the ids after the last one; return the last id given."""
    pending = iter(documents)
    while some := list(islice(pending, AT_ONCE)):
        made = [rows(document, last_id + n) for n, document in enumerate(some, 1)]
        copy_documents(connection, build, [columns for columns, _ in made])
        copy_words(connection, build, last_id + 1, [words for _, words in made])
        last_id += len(some)
    return last_id


def copy_documents(connection: Connection, build: Build, made: Sequence[Sequence[Any]]) -> None:
    """Copy rows into the table of columns."""
    names = ["id", "key", "digest", *NUMBERS, "facets"]
    asked = f"COPY {build.documents.fullname} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)"
    with _cursor(connection) as cursor, cursor.copy(asked) as copy:
        copy.set_types(["int8", "text", "int8", *("int4" for _ in NUMBERS), "text[]"])
        for row in made:
            copy.write_row(row)


def copy_words(
    connection: Connection, build: Build, first: int, made: Sequence[tuple[bytes, bytes]]
) -> None:
    """Copy vectors and texts into the table of words, of documents with ids one after another.
    The rows are put together here: a vector has no other form that is not parsed."""
    asked = f"COPY {build.words.fullname} (id, tokens, said) FROM STDIN (FORMAT BINARY)"
    parts = [COPY_BEGINS]
    for number, (vector, said) in enumerate(made, first):
        parts += [ROW_BEGINS.pack(3, 8, number, len(vector)), vector]
        parts += [len(said).to_bytes(4), said]
    with _cursor(connection) as cursor, cursor.copy(asked) as copy:
        copy.write(b"".join([*parts, COPY_ENDS]))


def _cursor(connection: Connection) -> Cursor[Any]:
    """A cursor of the driver within the transaction."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver.cursor()


def forget_dead(connection: Connection, build: Build) -> int:
    """Remove rows that died a while ago; return the last generation of whose deaths none is
    told any more, 0 for none."""
    c = build.documents.c
    old = delete(build.documents).where(c.died_at < func.now() - KEEP_DEAD)
    gone = connection.execute(old.returning(c.id, c.died)).all()
    ids = [number for number, _ in gone]
    words = build.words
    connection.execute(delete(words).where(words.c.id == func.any(cast(ids, ARRAY(BigInteger)))))
    return max((died for _, died in gone), default=0)


def new_build(connection: Connection, schema: str) -> Build:
    """Make the tables of a build that nobody reads yet, under a name never used before."""
    if not inspect(connection).has_schema(schema):
        connection.execute(CreateSchema(schema))
    build = build_tables(schema, secrets.token_hex(4))
    build.documents.metadata.create_all(connection, checkfirst=False)
    return build


def make_ready(connection: Connection, build: Build) -> None:
    """Sort the tokens of a filled build in, and have the database look at it."""
    connection.execute(text(SORTING))
    token_index(build).create(connection)
    for table in build.tables:
        connection.execute(text(f"ANALYZE {table.fullname}"))


def make_live(connection: Connection, build: Build, count: int) -> None:
    """Let everybody read a build and drop all others. The table of what is live goes first, as
    readers come to it first: nobody waits for somebody who waits for him."""
    live = live_table(build.schema)
    for name in others(connection, build):
        connection.execute(DropTable(Table(name, MetaData(schema=build.schema))))
    connection.execute(CreateTable(live))
    state = {"build": build.name, "version": VERSION, "generation": 1, "last_id": count}
    connection.execute(insert(live).values(**state, forgotten=0))


def others(connection: Connection, build: Build) -> Sequence[str]:
    """All tables of the schema but those of a build, the one of what is live first."""
    own = {table.name for table in build.tables}
    names = set(inspect(connection).get_table_names(schema=build.schema)) - own
    return sorted(names, key=lambda name: (name != "live", name))
