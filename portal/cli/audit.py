"""`flask audit verify`: is the trail whole?"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal.audit import verify

audit = AppGroup("audit", help="The trail of state changes.")


@audit.command("verify")
def verify_trail() -> None:
    """Follow the chain of digests from the first line to the last."""
    broken = verify()
    if broken is not None:
        raise click.ClickException(f"The chain breaks at line {broken}: keep a copy and call us.")
    click.echo("The trail is whole.")
