"""Runs the migrations in one transaction with foreign keys off, then checks every reference.

Alembic rebuilds SQLite tables by copying; with foreign keys on, dropping the old table would
silently empty its children.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

database = current_app.extensions["migrate"].db
configure_args = current_app.extensions["migrate"].configure_args


def run_migrations() -> None:
    """Bring the database to the asked revision."""
    engine = database.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as what the database stores, so that migrations stand alone."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def migrate(connection: Connection) -> None:
    """Run in one transaction and refuse to keep a dangling reference.

    Begun before Alembic looks at the connection: else it would commit on its own before the check.
    """
    with connection.begin():
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            **configure_args,
        )
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if dangling:
                raise RuntimeError(f"the migration leaves dangling references: {dangling[:5]}")


if context.is_offline_mode():
    raise SystemExit("The migrations run against a database: set DATABASE_URL and leave --sql out.")
run_migrations()
