"""`flask counts`: compare what is kept with the rows, or count anew."""

from __future__ import annotations

import time

import click
from flask.cli import AppGroup

from portal import counts as kept_counts

SHOWN = 20  # cells named; the rest are only counted

counts = AppGroup("counts", help="How many public records share which values, kept for the pages.")


@counts.command("check")
@click.option("--repair", is_flag=True, help="Count anew what differs.")
def check(repair: bool) -> None:
    """Compare the kept counts with the rows; exits 1 when they differ and nothing is repaired."""
    found = kept_counts.repair() if repair else kept_counts.check()
    for one in found[:SHOWN]:
        click.echo(f"  {one.kind} {one.key}: kept {one.kept}, counted {one.counted}")
    click.echo(f"{len(found)} cells differ")
    if found and not repair:
        raise SystemExit(1)


@counts.command("recount")
def recount() -> None:
    """Count everything anew, as after a restore."""
    begin = time.perf_counter()
    for kind, number in kept_counts.recount().items():
        click.echo(f"  {number} {kind}")
    click.echo(f"  in {time.perf_counter() - begin:.1f} s")
