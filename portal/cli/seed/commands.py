"""`flask seed` and `flask demonstration`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from portal.accounts.queries.people import demonstration_people
from portal.cli.seed.demonstration import ACCOUNTS, load_demonstration
from portal.cli.seed.reference import load_reference

demonstration = AppGroup("demonstration", help="The demonstration city.")


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Load the reference data; in demonstration mode also the demonstration city, once."""
    config = current_app.config
    fixtures, data = Path(config["FIXTURES"]), Path(config["DATA"])
    click.echo("  vocabularies, departments, schemas and the plan")
    load_reference(fixtures)
    if config["DEMONSTRATION"] and not demonstration_people():
        click.echo("  the demonstration city")
        load_demonstration(fixtures, data, config["DEMO_PASSWORD"])


@demonstration.command("accounts")
def accounts() -> None:
    """Print the demonstration accounts."""
    path = Path(current_app.config["DATA"]) / ACCOUNTS
    if not path.exists():
        raise click.ClickException("There are no demonstration accounts here.")
    click.echo(path.read_text(encoding="utf-8").rstrip())
