"""`flask seed` and `flask demonstration`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from portal.cli.seed.reference import load_reference

demonstration = AppGroup("demonstration", help="The demonstration city.")


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Load the reference data; in demonstration mode also the demonstration city."""
    load_reference(Path(current_app.config["FIXTURES"]))
