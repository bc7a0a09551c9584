"""Looking at a public web address: never into inner networks, never for long, never for much.

Host names are resolved here and connected to by the very address that was checked; redirects are
followed a few times, each checked again in the same way.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from portal.lists.terms.proofs import LinkResult

TIMEOUT = 5  # seconds, for each of connecting and answering
MOST_REDIRECTS = 3
GONE = frozenset({404, 410})
ASK_AGAIN = frozenset({400, 403, 405, 501})  # servers that answer HEAD badly
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str], Sequence[str]]
Allowed = Callable[[str, int], bool]


class Look(NamedTuple):
    """What a look came to."""

    result: LinkResult
    status: int | None


def resolve(host: str) -> list[str]:
    """Return the addresses of a host; raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str, port: int) -> bool:
    """Say whether an address belongs to the public net, and a web server is asked for."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast and port in PORTS.values()


def probe(address: str, resolve: Resolve = resolve, allowed: Allowed = is_public) -> Look:
    """Look at an address, and where it leads, and say what came of it."""
    for _turn in range(MOST_REDIRECTS + 1):
        parts = urlsplit(address)
        try:
            port = parts.port or PORTS.get(parts.scheme, 0)
            found = list(resolve(parts.hostname or "")) if parts.scheme in PORTS else []
            # One inner address among several is enough to keep away.
            if not found or not all(allowed(one, port) for one in found):
                return Look(LinkResult.REFUSED, None)
            status, onward = ask(parts, found[0], port)
        except (OSError, HTTPException, ValueError):
            return Look(LinkResult.UNREACHABLE, None)
        if not onward:
            return Look(judged(status), status)
        address = urljoin(address, onward)
    return Look(LinkResult.UNREACHABLE, None)


def judged(status: int) -> LinkResult:
    """Return what a status means for a link."""
    if status < 400:
        return LinkResult.OK
    return LinkResult.DEAD if status in GONE else LinkResult.UNREACHABLE


def ask(parts: SplitResult, ip: str, port: int) -> tuple[int, str]:
    """Ask for the head, or where that is not answered for the page, of which nothing is read;
    return the status and where a redirect leads."""
    status, onward = ask_by("HEAD", parts, ip, port)
    if status in ASK_AGAIN:
        status, onward = ask_by("GET", parts, ip, port)
    return status, onward


def ask_by(method: str, parts: SplitResult, ip: str, port: int) -> tuple[int, str]:
    """Make one request to the address that was checked; raises OSError or HTTPException."""
    connection = connect(parts, ip, port)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "User-Agent": "link-check", "Connection": "close"}
        connection.request(method, target, headers=headers)
        answer: HTTPResponse = connection.getresponse()
        is_redirect = answer.status in (301, 302, 303, 307, 308)
        return answer.status, (answer.getheader("Location") or "") if is_redirect else ""
    finally:
        connection.close()


def connect(parts: SplitResult, ip: str, port: int) -> HTTPConnection:
    """Return a connection to exactly this address, which answers for the host named."""
    raw = socket.create_connection((ip, port), TIMEOUT)
    raw.settimeout(TIMEOUT)
    host = parts.hostname or ""
    if parts.scheme != "https":
        plain = HTTPConnection(host, port, timeout=TIMEOUT)
        plain.sock = raw
        return plain
    context = ssl.create_default_context()
    secure = HTTPSConnection(host, port, timeout=TIMEOUT, context=context)
    try:
        secure.sock = context.wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise
    return secure
