"""`flask backup FILE` and `flask restore FILE`: the database and the data folder as one file.

A backup holds the database, the stored files and the generated secret key, so that a restored
portal is the same portal; it is as confidential as the data folder and has mode 0600. The search
index is left out: it is rebuilt, and index files from elsewhere are never opened.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import URL, inspect, text
from sqlalchemy.schema import DropSchema

from config import ROOT
from portal.cli.archive import ArchiveError, unpack_archive, write_archive
from portal.clock import now
from portal.extensions import db
from portal.search.postgres_engine.tables import SCHEMA

DATABASE = "database"
DATA = "data"
REBUILT = {"index", "cache", "fonts"}
BESIDES = ("-wal", "-shm", "-journal")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database and the data folder to FILE (tar.gz, mode 0600)."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=data_folder()) as folder:
        copy = Path(folder) / DATABASE
        dump_database(db.engine.url, copy)
        about = {"database": db.engine.dialect.name, "made_at": now().isoformat()}
        try:
            write_archive(file, [(DATABASE, copy), *stored_files(data_folder())], about)
        except (ArchiveError, OSError) as problem:
            raise click.ClickException(str(problem)) from problem
    click.echo(f"{file}: {file.stat().st_size:,} bytes. Keep it as safe as the portal itself.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the data that is here.")
@with_appcontext
def restore(file: Path, force: bool) -> None:
    """Bring back what `flask backup` wrote to FILE. Stop web and worker first."""
    if not force and not is_empty():
        raise click.ClickException("There is data here already: --force replaces all of it.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data_folder()) as folder:
        try:
            manifest = unpack_archive(file, Path(folder))
        except ArchiveError as problem:
            raise click.ClickException(str(problem)) from problem
        check_fits(manifest)
        load_database(db.engine.url, Path(folder) / DATABASE)
        replace_files(Path(folder) / DATA, data_folder())
    click.echo(f"Restored the state of {manifest['made_at']}.")
    for command in (("db", "upgrade"), ("counts", "recount"), ("search", "rebuild")):
        follow_up(*command)


def data_folder() -> Path:
    """Return the data folder."""
    folder: Path = current_app.config["DATA"]
    return folder


def stored_files(data: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the archive, path) of what the data folder holds besides the database."""
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data)
        if belongs(inside.parts[0]) and path.is_file() and not path.is_symlink():
            yield f"{DATA}/{inside.as_posix()}", path


def belongs(name: str) -> bool:
    """Say whether an entry of the data folder is part of a backup."""
    database = Path(db.engine.url.database or "").name
    own = {database, *(database + ending for ending in BESIDES)}
    return not (name in REBUILT or name in own or name.startswith(".") or name.endswith(".lock"))


def is_empty() -> bool:
    """Say whether there is nothing a restore could overwrite but a freshly made secret."""
    if inspect(db.engine).get_table_names():
        return False
    names = {inside.parts[1] for name, _ in stored_files(data_folder()) if (inside := Path(name))}
    return names <= {"secret.key"}


def check_fits(manifest: dict[str, Any]) -> None:
    """Raise ClickException when the backup is of another kind of database or carries an index."""
    here = db.engine.dialect.name
    if manifest["database"] != here:
        raise click.ClickException(
            f"This is a backup of {manifest['database']}, and DATABASE_URL names {here}."
        )
    for name in manifest["sha256"]:
        first, *rest = Path(name).parts
        if not (name == DATABASE or (first == DATA and rest and belongs(rest[0]))):
            raise click.ClickException(f"{name!r} does not belong into a backup: nothing was done.")


def replace_files(source: Path, data: Path) -> None:
    """Replace the data folder's entries by those of the backup; what can be rebuilt goes."""
    for path in list(data.iterdir()):
        if path.name in REBUILT or belongs(path.name):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    if source.is_dir():
        for path in source.iterdir():
            path.rename(data / path.name)


def dump_database(url: URL, target: Path) -> None:
    """Write a consistent copy of the database while others go on using it."""
    if url.get_backend_name() == "sqlite":
        source = sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    else:
        left_out = f"--exclude-schema={SCHEMA}"
        run_tool(url, "pg_dump", "--format=custom", "--no-owner", left_out, f"--file={target}")


def load_database(url: URL, source: Path) -> None:
    """Replace the database by a dumped copy."""
    if url.get_backend_name() == "sqlite":
        check_sqlite(source)
        db.engine.dispose()
        target = Path(str(url.database))
        for ending in BESIDES:
            target.with_name(target.name + ending).unlink(missing_ok=True)
        shutil.move(source, target)
        return
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.execute(DropSchema(SCHEMA, cascade=True, if_exists=True))
    db.engine.dispose()
    run_tool(url, "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", source)


def check_sqlite(path: Path) -> None:
    """Raise ClickException when a database file is not whole."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as problem:
            answer = str(problem)
    if answer != "ok":
        raise click.ClickException(f"The database in the backup is damaged: {answer}.")


def run_tool(url: URL, name: str, *arguments: str | Path) -> None:
    """Run a PostgreSQL client program on a database; the password travels in its environment."""
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    command = [name, *arguments, f"--dbname={address}"]
    try:
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        raise click.ClickException(
            f"{name} is missing: sudo apt install postgresql-client, or brew install libpq"
        ) from None
    if done.returncode:
        raise click.ClickException(f"{name} failed: {done.stderr.strip()}")


def follow_up(*command: str) -> None:
    """Run a flask command in a process of its own, which reads the restored secret and data."""
    words = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    if subprocess.run(words, cwd=ROOT, check=False).returncode:
        raise click.ClickException(
            f"Restored, but `flask {' '.join(command)}` failed: run it again."
        )
