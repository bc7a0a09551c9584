"""The migrations: from empty, up, down and up again, and what they make equals the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, inspect

from config import ROOT
from portal import audit, create_app
from portal.extensions import db

PARENT_AND_CHILD = """
    CREATE TABLE person (id INTEGER PRIMARY KEY, display_name VARCHAR(60) NOT NULL);
    CREATE TABLE note (id INTEGER, person_id INTEGER REFERENCES person (id) ON DELETE CASCADE);
    INSERT INTO person VALUES (1, '示例');
    INSERT INTO note VALUES (1, 1);
"""
NOW, DAY = datetime(2026, 1, 1, tzinfo=timezone.utc), date(2026, 1, 1)
DANGLING = "INSERT INTO enterprise_pillar (enterprise_id, term_id) VALUES (1, 1)"


@contextmanager
def migrating(url: str, folder: Path) -> Iterator[Flask]:
    """The portal over an empty database, inside an application context."""
    app = create_app(
        {"DATABASE_URL": url, "PORTAL_DATA": str(folder), "SECRET_KEY": "for tests only"}
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    """Return how the database differs from the models, in Alembic's words."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def up_down_up(url: str, folder: Path) -> None:
    with migrating(url, folder):
        assert tables() == set()
        upgrade()
        assert differences() == []
        downgrade(revision="base")
        assert tables() == set(), "a way down that leaves nothing"
        upgrade()
        assert differences() == []
        assert tables() == set(db.metadata.tables)


def test_sqlite_from_empty_up_down_and_up(tmp_path: Path) -> None:
    up_down_up(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path)


@pytest.mark.postgresql
def test_postgresql_from_empty_up_down_and_up(postgresql_database: str, tmp_path: Path) -> None:
    up_down_up(postgresql_database, tmp_path)


def test_partial_indexes_stand_in_the_migration_as_in_the_models(tmp_path: Path) -> None:
    """Alembic does not compare the conditions of partial indexes."""
    with migrating(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path):
        upgrade()
        with db.engine.connect() as connection:
            found = dict(
                connection.execute(
                    sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
                ).all()
            )
    for table in db.metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_options["sqlite"]["where"]
            written = str(found[index.name])
            assert (f"WHERE {condition}" in written) if condition is not None else True, index.name


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def rebuild(connection: Connection) -> None:
    """Change a column of a parent table by Alembic's batch mode, as a later migration would."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("person") as batch:
        batch.alter_column("display_name", type_=sa.String(120), existing_nullable=False)


@pytest.mark.parametrize("is_safe", [True, False])
def test_rebuilding_a_table_keeps_its_children_only_with_foreign_keys_off(
    tmp_path: Path, is_safe: bool
) -> None:
    """What migrations/env.py does about it, and what happens without."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'batch.db'}")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.executescript(PARENT_AND_CHILD)
        raw.execute(f"PRAGMA foreign_keys={'OFF' if is_safe else 'ON'}")
        with connection.begin():
            rebuild(connection)
        kept = raw.execute("SELECT count(*) FROM note").fetchone()
    engine.dispose()
    assert kept == ((1,) if is_safe else (0,))


def test_a_migration_that_leaves_dangling_references_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with migrating(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path):
        run = EnvironmentContext.run_migrations

        def leave_dangling(self: EnvironmentContext, **kwargs: object) -> None:
            run(self, **kwargs)
            bind = self.get_bind()
            assert isinstance(bind, Connection)
            bind.exec_driver_sql(DANGLING)

        monkeypatch.setattr(EnvironmentContext, "run_migrations", leave_dangling)
        with pytest.raises(SystemExit):
            upgrade()
        assert tables() == set()


def test_the_migrations_switch_foreign_keys_off_and_on_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with migrating(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path):
        seen: list[object] = []
        run = Operations.create_table

        def watched(self: Operations, *args: object, **kwargs: object) -> object:
            seen.append(self.get_bind().exec_driver_sql("PRAGMA foreign_keys").scalar())
            return run(self, *args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(Operations, "create_table", watched)
        upgrade()
        with db.engine.connect() as connection:
            after = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    assert set(seen) <= {0}
    assert after == 1


FILLER: dict[type, object] = {
    str: "",
    int: 0,
    bool: False,
    object: {},  # JSON
    datetime: NOW,
    date: DAY,
}


def write(connection: Connection, name: str, **values: object) -> None:
    """Write row 1 of a table, or that of a given id, as the table stands at this revision; what it
    must hold is filled in."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    needed = {c.name: FILLER[c.type.python_type] for c in table.columns if not c.nullable}
    connection.execute(table.insert().values({**needed, "id": 1, **values}))


def read(query: str) -> tuple[Any, ...]:
    with db.engine.connect() as connection:
        return tuple(connection.execute(sa.text(query)).one())


def write_digests_by_one_key() -> None:
    """Write what 0039 kept of a record's contact and of an invitation."""
    frozen = {"contact_phone": audit.digest("old", "13800000000"), "contact_name": "gone"}
    kept = {"contact_name": "示例", "contact_phone": "13800000000", "digest_key": "old"}
    address = {"address": "13900000000", "address_digest": audit.digest("old", "13900000000")}
    with db.engine.begin() as connection:
        write(connection, "person", display_name="示例")
        write(connection, "enterprise", **kept)
        write(connection, "submission", enterprise_id=1, submitted_by_id=1, facts=frozen)
        write(connection, "invitation", enterprise_id=1, invited_by_id=1, **address)


def test_each_personal_value_gets_a_key_of_its_own_and_stays_comparable(tmp_path: Path) -> None:
    """0040 there and back: what a correction is compared with is still the same value's digest."""
    sent = "SELECT facts FROM submission"
    with migrating(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path):
        upgrade(revision="0039")
        write_digests_by_one_key()
        upgrade(revision="0040")
        name_key, phone_key = read("SELECT contact_name_key, contact_phone_key FROM enterprise")
        (invited_key,) = read("SELECT digest_key FROM invitation")
        facts = json.loads(read(sent)[0])
        assert len({"old", name_key, phone_key, invited_key}) == 4
        assert facts == {
            "contact_phone": audit.digest(phone_key, "13800000000"),
            "contact_name": "gone",
        }
        downgrade(revision="0039")
        (key,) = read("SELECT digest_key FROM enterprise")
        facts = json.loads(read(sent)[0])
        assert facts["contact_phone"] == audit.digest(key, "13800000000")
        (invited,) = read("SELECT address_digest FROM invitation")
        assert invited == audit.digest(key, "13900000000")


def test_a_reply_about_an_application_keeps_its_scan_in_a_row_of_its_own(tmp_path: Path) -> None:
    """0066 there and back: what counted counts, by who recorded it; who was silent stays so."""
    kept = "SELECT kind, way, reference, confirmed_by_id FROM recognition_reply"
    scan = "SELECT owner_kind, owner_id, purpose FROM stored_file"
    asked = {"application_id": 1, "asked_at": NOW, "due_on": DAY}
    paper = {"on_paper": True, "reference": "示例函1号", "replied_on": DAY, "recorded_at": NOW}
    none = {"reply": "", "ground": "", "on_paper": False}
    with migrating(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path):
        upgrade(revision="0065")
        with db.engine.begin() as connection:
            for name in ("person", "title_kind", "enterprise", "department"):
                write(connection, name)
            write(connection, "department", id=2, slug="other")
            write(connection, "recognition_call", kind_id=1)
            write(connection, "recognition_application", call_id=1, enterprise_id=1)
            write(connection, "recognition_consultation", **asked, **none, department_id=1)
            answered = none | paper | {"reply": "no_opinion", "recorded_by_id": 1}
            write(connection, "recognition_consultation", **asked | answered, id=2, department_id=2)
            owner = {"owner_kind": "recognition_consultation", "owner_id": 2}
            write(connection, "stored_file", **owner, purpose="reply", original_name="复函.pdf")
        upgrade(revision="0066")
        assert read(kept) == ("no_opinion", "paper", "示例函1号", 1)
        assert read(scan) == ("recognition_reply", 1, "scan")
        downgrade(revision="0065")
        was = "SELECT reply, on_paper, reference FROM recognition_consultation ORDER BY id"
        assert read(f"{was} LIMIT 1 OFFSET 1") == ("no_opinion", 1, "示例函1号")
        assert read(f"{was} LIMIT 1") == ("", 0, "")
        assert read(scan) == ("recognition_consultation", 2, "reply")
