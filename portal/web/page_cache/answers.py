"""One kept answer, plain and compressed, and what of it a browser still needs."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.http import parse_accept_header

Headers = list[tuple[str, str]]
DROPPED = {"content-length", "etag", "vary", "accept-ranges"}  # said anew or not done here
DROPPED |= {"x-request-id", "date"}  # of one request only
SAID_AGAIN = {"Cache-Control", "ETag", "Vary", "Content-Language"}  # by a 304
SMALL = 500  # bytes not worth compressing
LEVEL = 3  # half the time of 6 for a fourteenth more bytes
OVERHEAD = 2_000  # bytes of headers and bookkeeping of an entry, roughly
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
SCRIPTS = ("application/javascript", "application/geo+json", "application/manifest+json")


@dataclass(frozen=True)
class Form:
    """The answer in one encoding: the whole, and what is said when it has not changed."""

    body: bytes
    headers: Headers
    unchanged: Headers


@dataclass(frozen=True)
class Kept:
    """An answer kept for one state of the content; `packed` is None where it gains nothing."""

    state: object
    tags: frozenset[str]
    plain: Form
    packed: Form | None

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return OVERHEAD + len(self.plain.body) + (len(self.packed.body) if self.packed else 0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD: 304 when the browser has it, else in the encoding it takes."""
        form = self.plain
        if self.packed and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            form = self.packed
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self.is_held(asked):
            start_response("304 NOT MODIFIED", form.unchanged[:])
            return []
        start_response("200 OK", form.headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    def is_held(self, asked: str) -> bool:
        """Say whether If-None-Match names this answer, compared weakly: proxies weaken tags."""
        if asked.strip() == "*":
            return True
        return any(tag.strip().removeprefix("W/") in self.tags for tag in asked.split(","))


def kept(state: object, headers: Headers, body: bytes) -> Kept:
    """Return an answer of Flask's ready to be sent again."""
    said = [(name, value) for name, value in headers if name.lower() not in DROPPED]
    vary = [value for name, value in headers if name.lower() == "vary"]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    tag = hashlib.sha256(body).hexdigest()[:24]
    plain, packed = f'"{tag}"', f'"{tag}-gzip"'
    gain = pack(body) if is_text(kind) and len(body) >= SMALL else None
    if gain is None:
        return Kept(state, frozenset({plain}), form(body, said, plain, vary), None)
    vary = [*vary, "Accept-Encoding"]
    return Kept(
        state,
        frozenset({plain, packed}),
        form(body, said, plain, vary),
        form(gain, [*said, ("Content-Encoding", "gzip")], packed, vary),
    )


def form(body: bytes, said: Headers, tag: str, vary: list[str]) -> Form:
    """Return one encoding of an answer with all its headers."""
    headers = [*said, ("ETag", tag)]
    if vary:
        headers.append(("Vary", ", ".join(vary)))
    unchanged = [(name, value) for name, value in headers if name in SAID_AGAIN]
    return Form(body, [*headers, ("Content-Length", str(len(body)))], unchanged)


def pack(body: bytes) -> bytes:
    """Return the body compressed, without a time stamp: the same body gives the same bytes."""
    packer: Any = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return bytes(packer.compress(body) + packer.flush())


def is_text(kind: str) -> bool:
    """Say whether a content type is worth compressing."""
    return kind.startswith(TEXTS) or kind.startswith(SCRIPTS)


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Say whether Accept-Encoding allows gzip: named, or by the star, and not with q=0."""
    given = {name.lower(): quality for name, quality in parse_accept_header(accepted)}
    return given.get("gzip", given.get("*", 0)) > 0
