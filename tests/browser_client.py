"""A person at a browser, for tests: every page fetched is checked, forms are sent as shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.models import Person
from portal.accounts.queries.people import mail_of
from portal.extensions import db
from tests.factories import PASSWORD
from tests.page import Page, check_page
from tests.scenes import scene


class Browser:
    """Fetches pages and sends forms like a browser without script.

    Every request has an application context of its own, so that several people may be at work
    in one test and nothing of one request is seen by the next.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.response: TestResponse

    def ask(self, path: str, method: str = "GET", **options: Any) -> TestResponse:
        """Send one request, redirects not followed, and return the answer as it came."""
        with self.app.app_context():
            self.response = self.client.open(path, method=method, **options)
            self.response.get_data()  # a streamed answer is made while it is read
            self.response.close()
        db.session.rollback()
        return self.response

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Fetch a page, following redirects, and check it as every page is checked."""
        self.ask(path, follow_redirects=True, **options)
        return self.page(path, status)

    def post(
        self, path: str, values: Mapping[str, Any] | None = None, status: int = 200, **options: Any
    ) -> Page:
        """Send a form to a path with the token a page of this session carries."""
        data = {"csrf_token": self.token()} | dict(values or {})
        self.ask(path, "POST", data=data, follow_redirects=True, **options)
        return self.page(path, status)

    def send(self, page: Page, action: str = "", status: int = 200, **values: Any) -> Page:
        """Send the form of a page whose address ends so, as it stands but for these values.

        None leaves a field out, as an unticked box is left out.
        """
        form = page.form(action or page.path.partition("?")[0])
        given = {name: [v] if isinstance(v, str) else v for name, v in values.items()}
        data = {name: value for name, value in (form.fields | given).items() if value is not None}
        self.ask(form.action, "POST", data=data, follow_redirects=True)
        return self.page(form.action, status)

    def page(self, path: str, status: int) -> Page:
        """Check the answer's status and, for HTML, the page; return it."""
        text = self.response.get_data(as_text=True)
        assert self.response.status_code == status, (path, self.response.status_code, text[-3000:])
        if self.response.mimetype == "text/html":
            return Page(text, self.response.request.path, check_page(text, path))
        return Page(text, self.response.request.path)

    def token(self) -> str:
        """Return the CSRF token of this session, from the reset form, which anyone may open."""
        html = self.ask("/account/reset").get_data(as_text=True)
        return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    @scene
    def sign_in(self, person: Person, password: str = PASSWORD) -> Browser:
        """Sign in as a person made by the factories; return this browser."""
        identifier = mail_of(person)
        assert identifier is not None
        page = self.post("/account/sign-in", {"account": identifier.subject, "password": password})
        assert not page.errors, page.errors
        return self
