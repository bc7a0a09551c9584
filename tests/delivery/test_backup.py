"""`flask backup` and `flask restore`: what went in comes out, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import inspect, text

from portal.extensions import db
from portal.search.documents import Document
from portal.search.postgres_engine.index import Index
from portal.search.postgres_engine.tables import SCHEMA
from tests.prerequisites import postgresql, throwaway_database

module = import_module("portal.cli.backup")  # the package shows the command of this name
MakeApp = Callable[[str], Flask]


@pytest.fixture(params=["sqlite", pytest.param("pg", marks=pytest.mark.postgresql)])
def make_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeApp]:
    """Make small apps with a data folder and a database of their own."""
    with ExitStack() as stack:

        def make(name: str) -> Flask:
            data = tmp_path / name
            data.mkdir()
            url = f"sqlite:///{data / 'portal.db'}"
            if request.param == "pg":
                url = stack.enter_context(throwaway_database(str(postgresql())))
            app = Flask(name)
            app.config.update(DATA=data, SQLALCHEMY_DATABASE_URI=url)
            db.init_app(app)
            stack.callback(lambda: dispose(app))
            for command in (module.backup, module.restore):
                app.cli.add_command(command)
            return app

        yield make


@pytest.fixture(autouse=True)
def followed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commands a restore runs afterwards, noted instead of run."""
    noted: list[tuple[str, ...]] = []
    monkeypatch.setattr(module, "follow_up", lambda *command: noted.append(command))
    return noted


def dispose(app: Flask) -> None:
    """Close the app's connections."""
    with app.app_context():
        db.engine.dispose()


def fill(app: Flask, word: str) -> None:
    """Write a row, a file, a secret and an index into the app's data."""
    data = app.config["DATA"]
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (word VARCHAR(40))"))
        connection.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "letter").write_text(word)
    (data / "index").mkdir()
    (data / "index" / "segment").write_text(word)
    (data / "secret.key").write_text(f"secret of {word}")


def words_in(app: Flask) -> list[str]:
    """Return the rows."""
    with app.app_context(), db.engine.connect() as connection:
        return list(connection.execute(text("SELECT word FROM note")).scalars())


def run(app: Flask, *words: str | Path) -> Result:
    """Run a flask command."""
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_round_trip(make_app: MakeApp, tmp_path: Path, followed: list[tuple[str, ...]]) -> None:
    first, second = make_app("first"), make_app("second")
    fill(first, "储能")
    assert run(first, "backup", tmp_path / "a.tar.gz").exit_code == 0
    (second.config["DATA"] / "secret.key").write_text("made at start")
    restored = run(second, "restore", tmp_path / "a.tar.gz")
    assert restored.exit_code == 0, restored.output
    assert words_in(second) == ["储能"]
    data = second.config["DATA"]
    assert (data / "files/ab/letter").read_text() == "储能"
    assert (data / "secret.key").read_text() == "secret of 储能"
    assert not (data / "index").exists()
    assert followed == [("db", "upgrade"), ("counts", "recount"), ("search", "rebuild")]
    assert not list(data.glob(".*"))


def test_data_is_replaced_only_when_told(make_app: MakeApp, tmp_path: Path) -> None:
    first, second = make_app("first"), make_app("second")
    fill(first, "new")
    fill(second, "old")
    (second.config["DATA"] / "files" / "extra").write_text("gone afterwards")
    run(first, "backup", tmp_path / "a.tar.gz")
    refused = run(second, "restore", tmp_path / "a.tar.gz")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert words_in(second) == ["old"]
    assert run(second, "restore", tmp_path / "a.tar.gz", "--force").exit_code == 0
    assert words_in(second) == ["new"]
    assert not (second.config["DATA"] / "files" / "extra").exists()
    assert not (second.config["DATA"] / "index").exists()


def test_a_damaged_backup_changes_nothing(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app("only")
    fill(app, "kept")
    file = tmp_path / "a.tar.gz"
    run(app, "backup", file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    answer = run(app, "restore", file, "--force")
    assert answer.exit_code == 1
    assert "backup" in answer.output
    assert words_in(app) == ["kept"]
    assert (app.config["DATA"] / "index" / "segment").exists()


def test_an_index_from_elsewhere_is_refused(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("only")
    fill(app, "kept")
    with monkeypatch.context() as patch:
        patch.setattr(module, "REBUILT", set())
        run(app, "backup", tmp_path / "a.tar.gz")
    answer = run(app, "restore", tmp_path / "a.tar.gz", "--force")
    assert answer.exit_code == 1
    assert "data/index/segment" in answer.output
    assert words_in(app) == ["kept"]


@pytest.mark.parametrize(
    "make_app", [pytest.param("pg", marks=pytest.mark.postgresql)], indirect=True
)
def test_an_index_in_tables_is_in_no_backup_and_goes_with_a_restore(
    make_app: MakeApp, tmp_path: Path
) -> None:
    first, second = make_app("first"), make_app("second")
    fill(first, "储能")
    for app in (first, second):
        with app.app_context():
            Index(db.engine).rebuild([Document("entry", 1, "储能电站场景")])
    run(first, "backup", tmp_path / "a.tar.gz")
    restored = run(second, "restore", tmp_path / "a.tar.gz", "--force")
    assert restored.exit_code == 0, restored.output
    assert words_in(second) == ["储能"]
    with second.app_context():
        assert SCHEMA not in inspect(db.engine).get_schema_names()
    with first.app_context():
        assert Index(db.engine).stats().documents == 1


def test_a_backup_of_the_other_database_is_refused(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app("only")
    fill(app, "kept")
    with app.app_context(), pytest.raises(module.click.ClickException, match="DATABASE_URL"):
        module.check_fits({"database": "oracle", "sha256": {}})


def test_sqlite_is_copied_while_someone_writes(tmp_path: Path) -> None:
    source = tmp_path / "portal.db"
    writer = sqlite3.connect(source, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE note (word)")
    writer.execute("INSERT INTO note VALUES ('committed')")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO note VALUES ('not yet')")
    module.dump_database(module.URL.create("sqlite", database=str(source)), tmp_path / "copy")
    writer.close()
    copy = sqlite3.connect(tmp_path / "copy")
    assert copy.execute("SELECT word FROM note").fetchall() == [("committed",)]
    copy.close()
