"""The commands of `flask --app wsgi`, and what runs beside the web."""

from __future__ import annotations

from flask import Flask

from portal.cli.audit import audit
from portal.cli.backup import backup, restore
from portal.cli.classification import classification
from portal.cli.counts import counts
from portal.cli.imports import enterprises
from portal.cli.lists import lists
from portal.cli.search import search
from portal.cli.seed.commands import demonstration, seed
from portal.cli.users import users
from portal.cli.work import work


def init_app(app: Flask) -> None:
    """Register every command."""
    for command in (
        audit,
        backup,
        classification,
        counts,
        demonstration,
        enterprises,
        lists,
        restore,
        search,
        seed,
        users,
        work,
    ):
        app.cli.add_command(command)
