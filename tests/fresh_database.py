"""A loaded database kept as it was, and put back before every test.

SQLite: a copy of the file. PostgreSQL: copies of the tables in a schema of their own, from which
only the tables a test has touched are filled again; a database per test would take ten times as
long.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import MetaData, make_url

from tests.prerequisites import plain_address

KEPT = "pristine"
Prints = dict[str, tuple[int, int | None]]  # table → its rows, its newest transaction


class Fresh(Protocol):
    """A database that can be put back."""

    def restore(self) -> None: ...


class FreshFile:
    """An SQLite database, restored by copying its file; no connection may be open."""

    def __init__(self, path: str) -> None:
        self.path, self.copy = path, f"{path}.{KEPT}"
        shutil.copyfile(self.path, self.copy)

    def restore(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.copy, self.path)


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
            self.sequences = connection.execute(
                "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
            ).fetchall()
            self.prints = self.fingerprints(connection)

    def restore(self) -> None:
        with psycopg.connect(self.address) as connection:
            connection.execute("SET LOCAL lock_timeout = '10s'")
            touched = self.touched(connection)
            for name in reversed(touched):
                connection.execute(table_sql("DELETE FROM public.{}", name))
            for name in touched:
                copy = "INSERT INTO public.{} TABLE {}.{}"
                connection.execute(table_sql(copy, name, KEPT, name))
            for name, last in self.sequences:
                connection.execute(
                    "SELECT setval(%s::regclass, %s, %s)", [f"public.{name}", last or 1, bool(last)]
                )
            self.prints = self.fingerprints(connection)

    def touched(self, connection: psycopg.Connection) -> list[str]:
        """Return the tables that differ and all that refer to them, in the order to fill them."""
        prints = self.fingerprints(connection)
        found = {name for name in self.names if prints[name] != self.prints[name]}
        waiting = list(found)
        while waiting:
            further = self.referring[waiting.pop()] - found
            found |= further
            waiting += further
        return [name for name in self.names if name in found]

    def fingerprints(self, connection: psycopg.Connection) -> Prints:
        """Return how many rows each table has and the newest transaction that wrote one."""
        one = "SELECT {!r}, count(*), max(xmin::text::bigint) FROM public.{{}}"
        parts = [table_sql(one.format(name), name) for name in self.names]
        rows = connection.execute(SQL(" UNION ALL ").join(parts)).fetchall()
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
