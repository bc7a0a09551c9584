"""The demonstration city: people, enterprises, titles and editions, loaded as they happened."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from portal.cli.seed.casework import plan_queue
from portal.cli.seed.editions import CALL_DAYS, Editor
from portal.cli.seed.enterprises import Registry, plan_titles
from portal.cli.seed.facts import plan_facts
from portal.cli.seed.history import History
from portal.cli.seed.imports import plan_sheets
from portal.cli.seed.members import plan_members
from portal.cli.seed.people import load_deputies, load_partners, load_people
from portal.cli.seed.reading import read
from portal.cli.seed.recognition import Recognition
from portal.cli.seed.reference import load_policies
from portal.cli.seed.standing import Standing
from portal.cli.seed.submissions import Submissions
from portal.cli.seed.title_life import TitleLife
from portal.database import site_state, transaction
from portal.enterprises.actions.duplicates import find_duplicates
from portal.extensions import db
from portal.messages.models import Message
from portal.messages.terms import Channel
from portal.outbox.models import OutboxMessage

ACCOUNTS = "demonstration-accounts.txt"


def load_demonstration(fixtures: Path, data: Path, password: str) -> None:
    """Load the whole city. `password` is everyone's; empty for a random one."""
    folder = fixtures / "demonstration"
    members = read(folder / "people.yaml")["people"]
    extra = read(folder / "partners.yaml")
    password = password or secrets.token_urlsafe(9)
    with transaction():  # all of the city or, when anything stops it, nothing
        site_state().demonstration = True
        people = load_people(members, password)
        load_policies(fixtures, demonstration=True)
        load_deputies(extra["deputies"], people)
        load_partners(extra["partners"], people)
        plan_city(fixtures, Registry(people, members), data / "files").play()
        forget_mails()
        write_accounts(data, members, password)
    find_duplicates()


def plan_city(fixtures: Path, registry: Registry, evidence: Path) -> History:
    """Return the city's past as acts with their days; `evidence` is the folder of its files."""
    folder = fixtures / "demonstration"
    history = History()
    firms = read(folder / "enterprises.yaml")["enterprises"]
    registry.plan(history, firms)
    plan_members(history, registry, read(folder / "members.yaml"))
    plan_queue(history, registry, read(folder / "casework.yaml")["queue"])
    plan_titles(history, titles_with_admission(folder, firms), registry.people)
    for path in sorted((fixtures / "editions").glob("*/*.yaml")):
        Editor(read(path), registry, timedelta(0)).plan(history)
    for path in sorted((folder / "editions").glob("*/*.yaml")):
        Editor(read(path), registry, CALL_DAYS).plan(history)
    handing = Submissions(registry, evidence, folder / "evidence.pdf")
    handing.plan(history, read(folder / "submissions.yaml")["calls"])
    life = TitleLife(registry, evidence, folder / "evidence.pdf")
    life.plan(history, read(folder / "title_life.yaml"))
    became = Standing(registry, evidence, folder / "evidence.pdf")
    became.plan(history, read(folder / "standing.yaml"), firms)
    plan_sheets(history, sheets_with_rows(folder), registry.people, evidence)
    plan_facts(history, read(folder / "facts.yaml")["facts"], registry, evidence, firms)
    Recognition(registry, read(folder / "recognition.yaml")).plan(history)
    return history


def sheets_with_rows(folder: Path) -> list[dict[str, Any]]:
    """Return the sheets, each with its text."""
    sheets = read(folder / "sheets.yaml")["sheets"]
    return [
        sheet | {"text": (folder / "sheets" / sheet["rows"]).read_text("utf-8")} for sheet in sheets
    ]


def titles_with_admission(folder: Path, firms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the titles, each with the day its enterprise was admitted."""
    admitted = {firm["uscc"]: firm.get("decided_on") for firm in firms}
    titles = read(folder / "titles.yaml")["titles"]
    return [title | {"admitted_on": admitted[title["enterprise"]]} for title in titles]


def forget_mails() -> None:
    """Leave the past's mails and SMS unsent: nobody is to be told today what happened years ago.

    What stands in people's inboxes stays there.
    """
    db.session.execute(delete(OutboxMessage).where(OutboxMessage.topic.in_(list(Channel))))
    db.session.execute(delete(Message).where(Message.delivered_at.is_(None)))


def write_accounts(data: Path, members: list[dict[str, Any]], password: str) -> None:
    """Keep the accounts where only this system's user reads them, to be printed at each start."""
    lines = [f"Demonstration accounts (password for all: {password})"]
    lines += [f"  {item['mail']:<34} {item['display_name_zh']}" for item in members]
    path = data / ACCOUNTS
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
