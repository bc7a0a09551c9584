"""What tests of signing in share: phones that sign up, authenticators that show codes."""

from __future__ import annotations

import pyotp

from portal import clock
from portal.accounts.actions import factors
from portal.accounts.models import Identifier, Person, SignIn
from portal.accounts.queries.sign_ins import find_credential, open_sign_ins
from portal.accounts.terms import CredentialKind, IdentifierKind
from portal.accounts.totp import open_secret
from portal.database import action
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import PASSWORD
from tests.page import Page, text_of, words

MAIL = "owner@example.com"
PHONE = "+8613800000001"
TYPED = "138 0000 0001"


@action
def give_phone(person: Person, number: str = PHONE) -> None:
    """Let a number count as confirmed for somebody."""
    kind = IdentifierKind.PHONE
    identifier = Identifier(person_id=person.id, kind=kind, subject=number)
    identifier.confirmed_at = clock.now()
    db.session.add(identifier)


class Authenticator:
    """An app on somebody's phone."""

    def __init__(self, secret: str) -> None:
        self.generator = pyotp.TOTP(secret.replace(" ", ""))

    def code(self, steps: int = 0) -> str:
        """Return the code shown now, or some steps of 30 seconds from now."""
        return self.generator.at(int(clock.now().timestamp()) + 30 * steps)


def set_up(browser: Browser) -> tuple[Authenticator, list[str]]:
    """Set up an authenticator on the pages; return it with the recovery codes shown."""
    page = browser.send(browser.get("/my/account/second-factor"), present=PASSWORD)
    app = Authenticator(secret_on(page))
    page = browser.send(page, code=app.code())
    return app, codes_on(page)


def secret_on(page: Page) -> str:
    """Return the key a page shows for typing."""
    return words(text_of(page.all("code")[0]))


def codes_on(page: Page) -> list[str]:
    """Return the recovery codes a page shows."""
    return [words(text_of(code)) for code in page.all("code")]


def give_authenticator(person: Person) -> Authenticator:
    """Give a person a second factor without the pages, its first code not spent."""
    factors.add_proposal(person)
    proposed = find_credential(person, CredentialKind.TOTP_PROPOSED)
    assert proposed is not None
    secret = open_secret(person.id, proposed.secret)
    assert secret is not None
    app = Authenticator(secret)
    factors.accept_totp(person, SignIn(id=0), app.code(-1))
    return app


def sign_ins_of(person: Person) -> list[SignIn]:
    """Return somebody's open sign-ins."""
    long_ago = clock.now().replace(year=2000)
    return list(open_sign_ins(person, long_ago, long_ago))


def first_step(visitor: Browser, mail: str = MAIL) -> Page:
    page = visitor.get("/account/sign-in")
    return visitor.send(page, "/account/sign-in", account=mail, password=PASSWORD)


def second_step(visitor: Browser, page: Page, code: str, status: int = 200) -> Page:
    return visitor.send(page, "/account/second-step", code=code, status=status)
