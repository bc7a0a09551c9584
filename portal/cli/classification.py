"""`flask classification`: try a rule version on facts, and judge what is stored once more."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TextIO

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from portal import clock
from portal.classification import parsed_rules
from portal.classification.criteria.evaluation import assess as judge
from portal.classification.criteria.explanation import explain
from portal.classification.criteria.facts_file import FactsError, read_facts
from portal.classification.criteria.library import Library, read_library
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.reading import RuleFileError
from portal.classification.models.assessments import Assessment
from portal.classification.queries.prechecks import stored_after
from portal.classification.rules.assessments import comes_to
from portal.extensions import db

AT_ONCE = 500  # stored results read at a time
classification = AppGroup("classification", help="The criteria of titles.")


@classification.command("assess")
@click.argument("rule_version")
@click.argument("facts_file", metavar="FACTS.json", type=click.File(encoding="utf-8"))
@click.option(
    "--on",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date of the application; left out, the one in the file or today.",
)
def assess(rule_version: str, facts_file: TextIO, on: datetime | None) -> None:
    """Judge the facts of a JSON file by a rule version and print the explanation as JSON."""
    library = load()
    version = named(library, rule_version)
    try:
        with force_locale("en"):
            facts = read_facts(text_of(facts_file), library.vocabulary, clock.today(), day_of(on))
    except FactsError as problem:
        raise click.ClickException("\n".join(problem.faults)) from problem
    assessment = judge(version, facts, library.sizes_on(facts.on))
    click.echo(json.dumps(explain(assessment, library.vocabulary), ensure_ascii=False, indent=2))


@classification.command("check")
def check() -> None:
    """Read every rule version of the fixtures and say what stands there."""
    for version in load().versions.values():
        end = str(version.in_force.end or "")
        click.echo(f"{version.id:<16} {version.in_force.begin} – {end:<10} {version.said.zh}")


@classification.command("repeat")
def repeat() -> None:
    """Judge every stored result again from its snapshot and its version's text; stop with exit
    status 1 where one comes to something else."""
    count, other, rows = 0, 0, stored_after(0, AT_ONCE)
    while rows:
        for row in rows:
            count += 1
            before, now = (row.verdict, row.low, row.high), again(row)
            if before != now:
                other += 1
                click.echo(f"no. {row.id}, {row.rule_version.slug}: {before} stored, {now} now")
        last = rows[-1].id
        db.session.rollback()
        rows = stored_after(last, AT_ONCE)
    click.echo(f"{count} stored results judged again, {other} come to something else")
    if other:
        raise SystemExit(1)


def again(row: Assessment) -> tuple[str, float | None, float | None]:
    """Return what a stored result comes to now."""
    kept = row.rule_version
    version = parsed_rules.parsed(kept.digest, kept.slug, kept.text)
    return comes_to(version, row.snapshot, row.judged_on, parsed_rules.vocabulary())


def load() -> Library:
    """Return the rule versions of the fixtures; stops with file, line and sentence at a fault."""
    try:
        with force_locale("en"):
            return read_library(current_app.config["FIXTURES"])
    except RuleFileError as problem:
        raise click.ClickException(str(problem)) from problem


def named(library: Library, rule_version: str) -> Version:
    """Return a version by its id; stops with the known ids when there is none."""
    found = library.versions.get(rule_version)
    if found is None:
        known = ", ".join(library.versions)
        raise click.ClickException(f"There is no rule version “{rule_version}”: choose of {known}")
    return found


def text_of(file: TextIO) -> str:
    """Return a file's text; stops when it is not UTF-8."""
    try:
        return file.read()
    except UnicodeDecodeError as problem:
        raise click.ClickException("The file of facts is not UTF-8 text") from problem


def day_of(on: datetime | None) -> date | None:
    """Return the date of an option."""
    return on.date() if on else None
