"""`flask users`: the first administrator, and rights by command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from portal.accounts.actions import create_person, issue_recovery_code
from portal.accounts.actions.officers import grant_right
from portal.accounts.models import OfficerRight, Person
from portal.accounts.queries.sign_ins import find_identifier
from portal.accounts.rules import normal_account
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.errors import PortalError
from portal.taxonomy.models import Department, Term
from portal.taxonomy.queries import find_department, find_term
from portal.taxonomy.terms import Scheme
from portal.web.requests import public_url

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
        give(person, Right.ADMINISTER, department)
    click.echo(f"Created {mail}.")


DAY = click.DateTime(["%Y-%m-%d"])


@users.command("grant")
@click.argument("mail")
@click.argument("right", type=click.Choice([str(right) for right in Right]))
@click.option("--department", required=True, help="The department's slug.")
@click.option("--district", default=None, help="The district's slug; the whole city without.")
@click.option("--zone", default=None, help="The zone's slug, in the place of a district.")
@click.option("--from", "begins", type=DAY, default=None, help="First day; today without.")
@click.option("--until", type=DAY, default=None, help="Last day; without end without.")
def grant(
    mail: str,
    right: str,
    department: str,
    district: str | None,
    zone: str | None,
    begins: datetime | None,
    until: datetime | None,
) -> None:
    """Give a person a right for a department, by the same rules as the administrators' page."""
    days = Days(begins.date() if begins else None, until.date() if until else None)
    given = give(known_as(mail), Right(right), department, (district, zone), days)
    ends = f" until {given.valid_until}" if given.valid_until else ""
    click.echo(
        f"{mail} may {right} for {department} in {district or zone or 'the whole city'}"
        f" from {given.valid_from}{ends}."
    )


@users.command("recover")
@click.argument("account")
def recover(account: str) -> None:
    """Print a code, good for an hour, by which the person sets a new password.

    ACCOUNT is their mail address or mobile number. They are told that it was issued.
    """
    try:
        code = issue_recovery_code(SYSTEM, known_as(account))
    except PortalError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{code}\nTo be entered within one hour at {public_url('/account/recover')}")


def known_as(account: str) -> Person:
    """Return who has the confirmed mail address or mobile number; raises ClickException."""
    try:
        identifier = find_identifier(*normal_account(account))
    except PortalError as refusal:
        raise click.ClickException(refusal.message) from refusal
    if identifier is None:
        raise click.ClickException(f"Nobody has the confirmed address or number {account}.")
    return identifier.person


@dataclass(frozen=True)
class Days:
    """The first and last day of a right; None is today, and without end."""

    first: date | None = None
    last: date | None = None


EVER = Days()


def give(
    person: Person,
    right: Right,
    department: str,
    place: tuple[str | None, str | None] = (None, None),
    days: Days = EVER,
) -> OfficerRight:
    """Grant a right by slugs, `place` being a district's and a zone's; raises ClickException."""
    district, zone = (
        term_or_fail(scheme, slug)
        for scheme, slug in zip((Scheme.DISTRICT, Scheme.ZONE), place, strict=True)
    )
    body = find_or_fail(department)
    try:
        return grant_right(
            SYSTEM,
            person,
            right,
            body,
            district,
            zone=zone,
            valid_from=days.first,
            valid_until=days.last,
        )
    except PortalError as refusal:
        raise click.ClickException(refusal.message) from refusal


def term_or_fail(scheme: Scheme, slug: str | None) -> Term | None:
    """Return the district or zone of a slug, None for none; raises ClickException."""
    term = find_term(scheme, slug)
    if slug and term is None:
        raise click.ClickException(f"There is no {scheme} {slug}.")
    return term


def find_or_fail(slug: str) -> Department:
    """Return the department of a slug; raises ClickException."""
    department = find_department(slug)
    if department is None:
        raise click.ClickException(
            f"There is no department {slug!r}: name one by its slug, after `flask seed`."
        )
    return department
