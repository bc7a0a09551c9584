"""Titles the city granted and their certificates, for tests."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions.granting import grant_title
from portal.classification.models.certificates import TitleCertificate
from portal.classification.models.titles import Title
from portal.classification.queries.certificates import certificates_of
from portal.classification.queries.titles import get_title, get_title_kind
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import owners_of
from portal.extensions import db
from tests.classification.factories import make_enterprise, make_recogniser, title_facts
from tests.scenes import scene
from tests.worker import drain

NAME = "示例岷江储能有限公司"
NUMBER = "MS-RD-2026-0001"


@scene
def make_lead() -> Person:
    """Return an officer of the department that leads the city's own title."""
    return make_recogniser("meishan-coop")


@scene
def make_granted(officer: Person, serial: int = 1, name: str = NAME, number: str = NUMBER) -> Title:
    """Return a title the city granted today, its certificate not made yet."""
    enterprise = make_enterprise(serial, name=name)
    facts = title_facts(
        level="city",
        number=number,
        batch="",
        granted_on=clock.today(),
        source_date=clock.today(),
        source_number="示例府函〔2026〕9号",
    )
    title = grant_title(officer, enterprise, get_title_kind("demonstration"), facts)
    return get_title(title.id)


def owner_of(title: Title) -> Person:
    """Return the owner of the enterprise that holds a title."""
    return owners_of(title.enterprise_id)[0]


def own_page(title: Title) -> str:
    """Return the address of its members' page of titles."""
    return f"/my/enterprises/{title.enterprise_id}/titles"


@scene
def rename(title: Title, name: str) -> Title:
    """Give the holder another name, as an accepted change does."""
    with transaction():
        db.session.get_one(Enterprise, title.enterprise_id).name = name
    return get_title(title.id)


def stored(app: Flask) -> list[Path]:
    """Return every file in the folder of files."""
    return [path for path in Path(app.config["FILES"]).rglob("*") if path.is_file()]


def made(app: Flask, title: Title) -> TitleCertificate:
    """Let the worker work and return the last certificate."""
    drain(app)
    return certificates_of(get_title(title.id))[0]
