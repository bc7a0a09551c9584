"""`flask users`: the first administrator, and rights by command."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.accounts.officers import grant_right
from portal.accounts.queries import find_confirmed
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.errors import PortalError
from portal.taxonomy.models import Department
from portal.taxonomy.queries import find_department, find_term
from portal.taxonomy.terms import Scheme

users = AppGroup("users", help="People and officers' rights.")


@users.command("create")
@click.argument("mail", required=False, default="")
@click.option("--name", default="", help="The name officers see.")
@click.option("--administrator", is_flag=True, help="May give rights to others.")
@click.option("--department", default="", help="Its slug; the first organiser's without.")
@click.password_option(envvar="PORTAL_NEW_PASSWORD")
def create(mail: str, name: str, administrator: bool, department: str, password: str) -> None:
    """Create a person whose address counts as confirmed; asks for MAIL when it is left out."""
    mail = mail or click.prompt("Mail address")
    department = department or current_app.extensions["site"].organisers[0].department
    if administrator:
        find_or_fail(department)
    try:
        person = create_person(mail, password, name or mail.split("@", maxsplit=1)[0])
    except PortalError as refusal:
        raise click.ClickException(refusal.message) from refusal
    if administrator:
        give(person, Right.ADMINISTER, department, None)
    click.echo(f"Created {mail}.")


@users.command("grant")
@click.argument("mail")
@click.argument("right", type=click.Choice([str(right) for right in Right]))
@click.option("--department", required=True, help="The department's slug.")
@click.option("--district", default=None, help="The district's slug; the whole city without.")
def grant(mail: str, right: str, department: str, district: str | None) -> None:
    """Give a person a right for a department."""
    identifier = find_confirmed(mail.strip().lower())
    if identifier is None:
        raise click.ClickException(f"Nobody has the confirmed address {mail}.")
    give(identifier.person, Right(right), department, district)
    click.echo(f"{mail} may {right} for {department} in {district or 'the whole city'}.")


def give(person: Person, right: Right, department: str, district: str | None) -> None:
    """Grant a right by slugs; raises ClickException for an unknown one."""
    place = find_term(Scheme.DISTRICT, district)
    if district and place is None:
        raise click.ClickException(f"There is no district {district}.")
    grant_right(SYSTEM, person, right, find_or_fail(department), place)


def find_or_fail(slug: str) -> Department:
    """Return the department of a slug; raises ClickException."""
    department = find_department(slug)
    if department is None:
        raise click.ClickException(
            f"There is no department {slug!r}: name one by its slug, after `flask seed`."
        )
    return department
