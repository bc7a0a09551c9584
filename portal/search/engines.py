"""Which engine the settings choose."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine as Database
from sqlalchemy import create_engine

from portal.search.engine import Engine
from portal.search.postgres_engine.index import Index as Tables
from portal.search.whoosh_engine.index import Index as Folder


def open_engine(name: str, folder: Path, database: Database, replica: str = "") -> Engine:
    """Return the index in the tables of a database for "postgresql", asked at the address of a
    replica where one is named, and the one in a folder else. Nothing is read before the first
    question."""
    if name != "postgresql":
        return Folder(folder)
    return Tables(database, create_engine(replica) if replica else None)
