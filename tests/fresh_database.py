"""A loaded database kept as it was, and put back before every test.

SQLite: the file's content. PostgreSQL: copies of the tables in a schema of their own, from which
only the tables a test has touched are filled again; a database per test would take ten times as
long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import MetaData, make_url

from tests.prerequisites import plain_address

KEPT = "pristine"
PAGE = 4096  # bytes of a page of an SQLite file
Pages = dict[int, bytes]  # place in the file → page
Prints = dict[str, tuple[int, int | None]]  # table → its rows, its newest transaction


class Fresh(Protocol):
    """A database that can be put back."""

    def restore(self) -> None: ...


class FreshFile:
    """An SQLite database, restored by writing its file anew; no connection may be open."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.wal, self.shm = Path(f"{path}-wal"), Path(f"{path}-shm")
        self.content = self.path.read_bytes()

    def restore(self, pages: Pages | None = None) -> None:
        """Put back what was kept, with these pages in place of its own."""
        for path in (self.path, self.wal, self.shm):
            path.unlink(missing_ok=True)
        with self.path.open("wb") as file:
            file.write(self.content)
            for place, page in (pages or {}).items():
                file.seek(place)
                file.write(page)

    def mark(self) -> tuple[Any, ...]:
        """Return what changes with every transaction that writes."""
        file, log = self.path.stat(), self.wal.stat() if self.wal.exists() else None
        at = (file.st_ino, file.st_size, file.st_mtime_ns)
        if log is None or not log.st_size:
            return at
        with self.shm.open("rb") as index:
            return *at, index.read(48)  # the header of the log's index counts transactions

    def changed(self) -> Pages | None:
        """Return the pages that differ from what was kept; None while somebody is writing."""
        with closing(sqlite3.connect(self.path)) as connection:
            busy, length, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if busy or length != copied:
                return None
            now = memoryview(self.path.read_bytes())
        kept = memoryview(self.content)
        return {
            place: bytes(page)
            for place in range(0, len(now), PAGE)
            if (page := now[place : place + PAGE]) != kept[place : place + PAGE]
        }


class FreshTables:
    """A PostgreSQL database, restored table by table, numbers given out included."""

    def __init__(self, url: str, metadata: MetaData) -> None:
        self.address = plain_address(url)
        self.names = [table.name for table in metadata.sorted_tables]
        self.referring = {
            name: {
                table.name
                for table in metadata.sorted_tables
                for key in table.foreign_keys
                if key.column.table.name == name
            }
            for name in self.names
        }
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(KEPT)))
            for name in self.names:
                copy = "CREATE TABLE {}.{} AS TABLE public.{}"
                connection.execute(table_sql(copy, KEPT, name, name))
            self.numbers = connection.execute(
                "SELECT array_agg(format('public.%I', sequencename)),"
                " array_agg(coalesce(last_value, 1)), array_agg(last_value IS NOT NULL)"
                " FROM pg_sequences WHERE schemaname = 'public'"
            ).fetchone()
            self.prints = self.fingerprints(connection, self.names)

    def restore(self) -> None:
        with psycopg.connect(self.address) as connection:
            connection.execute("SET LOCAL lock_timeout = '10s'")
            touched = self.touched(connection)
            for name in reversed(touched):
                connection.execute(table_sql("DELETE FROM public.{}", name))
            for name in touched:
                copy = "INSERT INTO public.{} TABLE {}.{}"
                connection.execute(table_sql(copy, name, KEPT, name))
            connection.execute(
                "SELECT setval(name::regclass, last, given)"
                " FROM unnest(%s::text[], %s::bigint[], %s::boolean[]) AS one(name, last, given)",
                self.numbers,
            )
            self.prints |= self.fingerprints(connection, touched)

    def touched(self, connection: psycopg.Connection) -> list[str]:
        """Return the tables that differ, in the order to fill them; with all that refer to them,
        unless this user may have the server look at no reference meanwhile."""
        prints = self.fingerprints(connection, self.names)
        found = {name for name in self.names if prints[name] != self.prints[name]}
        if connection.info.parameter_status("is_superuser") == "on":
            connection.execute("SET LOCAL session_replication_role = replica")
            return list(found)
        waiting = list(found)
        while waiting:
            further = self.referring[waiting.pop()] - found
            found |= further
            waiting += further
        return [name for name in self.names if name in found]

    def fingerprints(self, connection: psycopg.Connection, names: Sequence[str]) -> Prints:
        """Return how many rows tables have and the newest transaction that wrote one."""
        one = "SELECT {!r}, count(*), max(xmin::text::bigint) FROM public.{{}}"
        parts = [table_sql(one.format(name), name) for name in names]
        rows = connection.execute(SQL(" UNION ALL ").join(parts)).fetchall() if parts else []
        return {name: (count, newest) for name, count, newest in rows}


def table_sql(text: str, *names: str) -> Composed:
    """Return a statement with its names quoted."""
    return SQL(text).format(*map(Identifier, names))


def keep(url: str, metadata: MetaData) -> Fresh:
    """Keep a loaded database as it is now."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return FreshFile(str(address.database))
    return FreshTables(url, metadata)
