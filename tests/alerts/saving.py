"""Saving an address as a visitor, and the mails that tell something."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import quote

from portal.lists.actions.publication import publish
from portal.lists.models import Release
from tests.browser_client import Browser
from tests.lists.factories import (
    let_go_on,
    make_accepted,
    make_call,
    make_curator,
    sign_all,
    start_signing,
)
from tests.scenes import scene
from tests.worker import Mailbox

MAIL = "reader@example.com"
LIST = "/lists/opportunity"
STORAGE = f"{LIST}?q={quote('储能')}"


def new_page(of: str) -> str:
    """Return the address of the page that saves an address."""
    return f"/alerts/new?of={quote(of, safe='')}"


@scene
def save(visitor: Browser, of: str, rhythm: str = "daily", mail: str = MAIL) -> None:
    """Save an address as a visitor."""
    visitor.send(visitor.get(new_page(of)), rhythm=rhythm, mail=mail)


@scene
def confirm(visitor: Browser, mailbox: Mailbox, mail: str = MAIL) -> str:
    """Confirm by the link in the newest mail and return the link's address."""
    link = mailbox.link(mail)
    visitor.send(visitor.get(link), f"{link}/confirm")
    return link


@scene
def publish_more(title: str, year: int = 2027) -> Release:
    """Publish one more entry, of another edition."""
    release = make_call(year=year)
    make_accepted(release, title=title)
    start_signing(release)
    sign_all(release)
    let_go_on(release)
    publish(make_curator(), release, release.version)
    return release


def told(mailbox: Mailbox, mail: str = MAIL) -> list[EmailMessage]:
    """Return the mails that tell something, oldest first."""
    return [letter for letter in mailbox.mails(mail) if letter["List-Unsubscribe"]]
