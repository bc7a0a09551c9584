"""`flask lists`: check codes of published lists, recomputed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from portal.extensions import db
from portal.lists.content import canonical, check_code
from portal.lists.models import Release, ReleaseVersion
from portal.lists.queries.errata import with_check_code

lists = AppGroup("lists", help="The annual lists.")


@lists.command("check-code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def print_check_code(file: Path) -> None:
    """Print the check code of a content file, however it is laid out, and whose it is."""
    try:
        text = canonical(json.loads(file.read_text("utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise click.ClickException(f"{file} is not a content file (JSON): {problem}") from problem
    code = check_code(text)
    click.echo(code)
    for version in with_check_code(code):
        edition = version.release.edition
        click.echo(
            f"{edition.title_zh}, release {version.release.number}, version {version.version}"
        )


@lists.command("verify")
def verify() -> None:
    """Recompute the check code of every published version; ends with 1 when one differs."""
    count, faults = 0, 0
    for version in every_version():
        count += 1
        for fault in faults_in(version):
            faults += 1
            release = version.release
            click.echo(
                f"{release.edition.year} {release.edition.kind} release {release.number}"
                f" version {version.version}: {fault}"
            )
    click.echo(f"{count} versions, {faults} faults")
    if faults:
        raise SystemExit(1)


def every_version() -> Iterator[ReleaseVersion]:
    """Yield every version, one at a time."""
    for number in db.session.scalars(select(ReleaseVersion.id).order_by(ReleaseVersion.id)).all():
        yield db.session.get_one(ReleaseVersion, number)
        db.session.expunge_all()


def faults_in(version: ReleaseVersion) -> Iterator[str]:
    """Yield what does not agree: the code with the content, the content with its form, the
    release and its entries with its present version."""
    if check_code(version.content) != version.check_code:
        yield "the content does not give its check code"
    facts = json.loads(version.content)
    if canonical(facts) != version.content:
        yield "the content is not in its canonical form"
    release: Release = version.release
    if release.content_version != version.version:
        return
    if release.check_code != version.check_code or release.content != version.content:
        yield "the release does not hold its present version"
    published = {entry.number: entry.snapshot for entry in release.entries if entry.snapshot}
    if published != {entry["number"]: entry for entry in facts["entries"]}:
        yield "an entry does not say what the content says"
