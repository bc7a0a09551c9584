"""A person at a browser, for tests: every page fetched is checked, forms are sent as shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.models import Person
from portal.accounts.queries import mail_of
from portal.extensions import db
from tests.factories import PASSWORD
from tests.page import Page, check_page


class Browser:
    """Fetches pages and sends forms like a browser without script."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.response: TestResponse

    def get(self, path: str, status: int = 200) -> Page:
        """Fetch a page, following redirects, and check it as every page is checked."""
        self.response = self.client.get(path, follow_redirects=True)
        return self.page(path, status)

    def post(
        self, path: str, values: Mapping[str, Any] | None = None, status: int = 200
    ) -> Page:
        """Send a form to a path with the token a page of this session carries."""
        data = {"csrf_token": self.token()} | dict(values or {})
        self.response = self.client.post(path, data=data, follow_redirects=True)
        return self.page(path, status)

    def page(self, path: str, status: int) -> Page:
        """Check the answer's status and, for HTML, the page; return it."""
        db.session.remove()
        text = self.response.get_data(as_text=True)
        assert self.response.status_code == status, (path, self.response.status_code, text[-3000:])
        if self.response.mimetype == "text/html":
            check_page(text, path)
        return Page(text, path)

    def token(self) -> str:
        """Return the CSRF token of this session, from the reset form, which anyone may open."""
        html = self.client.get("/account/reset").get_data(as_text=True)
        return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    def sign_in(self, person: Person) -> Browser:
        """Sign in as a person made by the factories; return this browser."""
        identifier = mail_of(person)
        assert identifier is not None
        mail = identifier.subject
        self.post("/account/sign-in", {"mail": mail, "password": PASSWORD})
        return self
