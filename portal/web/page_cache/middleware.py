"""The WSGI application around the portal's own that answers what is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_cookie

from portal.web.display import choices_in
from portal.web.page_cache.answers import Headers, Kept, kept
from portal.web.page_cache.marks import KEEP, STATE
from portal.web.page_cache.store import Store

logger = logging.getLogger(__name__)
ENTRIES = 10_000
LONGEST_QUERY = 500  # bytes; nobody shares a longer one
LARGEST = 1_000_000  # bytes of an answer worth keeping
NEVER = ("/account", "/my/", "/bureau", "/files/", "/preferences/", "/healthz", "/readyz")
FIXED = "/static/"  # alike in every state of the content


@dataclass
class Answer:
    """What the application answered, not yet read."""

    status: str = ""
    headers: Headers | None = None
    body: Iterable[bytes] = ()

    def start(
        self,
        status: str,
        headers: Headers,
        _error: tuple[type[BaseException], BaseException, TracebackType]
        | tuple[None, None, None]
        | None = None,
        /,
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return _no_writing

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the answer on as it came."""
        start_response(self.status, self.headers or [])
        if environ["REQUEST_METHOD"] == "HEAD":
            close(self.body)
            return []
        return self.body

    @property
    def length(self) -> int:
        """Content-Length, or 0 where it is not said."""
        return int(dict(self.headers or []).get("Content-Length", 0))

    def may_be_kept(self) -> bool:
        """Say whether nothing in it belongs to one visitor only."""
        names = {name.lower() for name, _value in self.headers or []}
        return (
            self.status.startswith("200") and "set-cookie" not in names and self.length <= LARGEST
        )

    def read(self) -> bytes:
        """Read and close the body."""
        try:
            return b"".join(self.body)
        finally:
            close(self.body)


class PageCache:
    """Answers anonymous GET and HEAD requests from memory as long as `state()` says the same.

    `state` returns what the public's content is in now; when it fails, nothing is answered from
    here. `parameters` are the query's names that lists know: an address with another one is not
    kept, so that made-up names fill nothing. `session` is the name of the session cookie.
    """

    def __init__(
        self,
        application: WSGIApplication,
        state: Callable[[], object],
        parameters: Collection[str],
        session: str,
        size: int,
    ) -> None:
        self.application = application
        self.state = state
        self.parameters = frozenset(parameters)
        self.session = session
        self.store = Store(size, ENTRIES)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        choices = self.choices_of(environ)
        if choices is None:
            return self.application(environ, start_response)
        try:
            state = None if environ["PATH_INFO"].startswith(FIXED) else self.state()
        except Exception:
            logger.exception("the state of the content is unknown: nothing is kept")
            return self.application(environ, start_response)
        environ[STATE] = None if state is None else (self.store.era, state)
        key = self.key_of(environ, choices)
        if key is None:
            return self.application(environ, start_response)
        found = self.store.get(key, state)
        if found is not None:
            return found(environ, start_response)
        answer = Answer()
        found = self.store.get_or_make(key, state, lambda: self.ask(environ, answer, state))
        if found is not None:
            return found(environ, start_response)
        if answer.headers is None:  # another request found that there is nothing to keep
            return self.application(environ, start_response)
        return answer.send(environ, start_response)

    def ask(self, environ: WSGIEnvironment, answer: Answer, state: object) -> Kept | None:
        """Ask the application for the whole page, and return it if it may be kept."""
        asked = {**environ, "REQUEST_METHOD": "GET"}
        answer.body = self.application(asked, answer.start)
        if not asked.get(KEEP) or not answer.may_be_kept():
            return None
        return kept(state, answer.headers or [], answer.read())

    def is_unchanged(self, environ: WSGIEnvironment) -> bool:
        """Say whether the content is still in the state it was in when a request began to read."""
        return bool(environ[STATE] == (self.store.era, self.state()))

    def choices_of(self, environ: WSGIEnvironment) -> tuple[str, ...] | None:
        """Return the display choices of an anonymous request for a page, None for any other."""
        anonymous = "HTTP_AUTHORIZATION" not in environ
        asks = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if not (anonymous and asks) or environ.get("PATH_INFO", "").startswith(NEVER):
            return None
        return choices_of(environ.get("HTTP_COOKIE", ""), self.session)

    def key_of(self, environ: WSGIEnvironment, choices: tuple[str, ...]) -> Hashable | None:
        """Return what an answer depends on, None for a query that no page knows."""
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return None
        if query:
            parts = sorted(query.split("&"), key=name_of)
            if not self.parameters.issuperset(map(name_of, parts)):
                return None
            query = "&".join(parts)
        return (
            environ.get("HTTP_HOST") or environ.get("SERVER_NAME"),
            environ.get("wsgi.url_scheme"),
            environ.get("HTTP_X_FORWARDED_HOST"),  # a proxy's word is read behind this
            environ.get("HTTP_X_FORWARDED_PROTO"),
            environ.get("SCRIPT_NAME"),
            environ.get("PATH_INFO"),
            query,
            choices,
        )


def name_of(part: str) -> str:
    """Return the name in one part of a query string."""
    return part.partition("=")[0]


@lru_cache(maxsize=1024)
def choices_of(cookies: str, session: str) -> tuple[str, ...] | None:
    """Return the display choices in a Cookie header, None when it carries a session."""
    return None if session in parse_cookie(cookies) else tuple(choices_in(cookies).values())


def close(body: Iterable[bytes]) -> None:
    """Close a body that is not passed on, as WSGI asks for."""
    if (end := getattr(body, "close", None)) is not None:
        end()


def _no_writing(_data: bytes) -> Any:
    raise NotImplementedError("answers are returned, not written")
