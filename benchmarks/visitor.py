"""A person at a browser without script, as small as a measurement needs it."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')


@dataclass
class Answer:
    """Status, where it leads, and what was read."""

    status: int
    location: str
    text: str


@dataclass
class Visitor:
    """Keeps its cookies and one connection; sends forms with the token of the page before."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    page: str = ""

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        """Send one request; redirects are not followed."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(response.status, urlsplit(response.getheader("Location") or "").path, text)

    def get(self, path: str) -> Answer:
        """Fetch a page and remember it for the form that is sent next."""
        answer = self.ask("GET", path)
        self.page = answer.text
        return answer

    def send(self, path: str, **values: str | list[str]) -> Answer:
        """Send a form with the token, and the version where there is one, of the page before."""
        found = {"csrf_token": TOKEN, "version": VERSION}
        fields: dict[str, str | list[str]] = {
            name: unescape(match.group(1))
            for name, pattern in found.items()
            if (match := pattern.search(self.page))
        }
        body = urlencode(fields | values, doseq=True).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; raises RuntimeError when refused."""
        self.get("/account/sign-in")
        answer = self.send("/account/sign-in", account=name, password=password)
        if answer.status != 303:
            raise RuntimeError(f"signing in was answered with {answer.status}")
