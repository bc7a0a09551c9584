"""Looking at links: public addresses only, also behind redirects, never for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from portal.lists.probing import is_public, probe
from portal.lists.terms.proofs import LinkResult


class Site(BaseHTTPRequestHandler):
    """A site that answers, redirects, and knows no HEAD at some addresses."""

    asked: list[str] = []  # noqa: RUF012 - what this one site was asked

    def do_HEAD(self) -> None:
        self.answer({"/nohead": 405}.get(self.path))

    def do_GET(self) -> None:
        self.answer(200)

    def answer(self, status: int | None) -> None:
        Site.asked.append(f"{self.command} {self.path}")
        onward = {"/inner": "http://10.0.0.8/", "/moved": "/here", "/loop": "/loop"}
        status = status or {"/gone": 404, "/busy": 503}.get(self.path, 200)
        self.send_response(302 if self.path in onward else status)
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site on this machine, asked for by the name site.example."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Site.asked.clear()
    yield f"http://site.example:{server.server_port}"
    server.shutdown()
    server.server_close()


def look(address: str) -> LinkResult:
    """Look at an address of the site; only this machine's loopback is let through."""
    hosts = {"site.example": ["127.0.0.1"], "10.0.0.8": ["10.0.0.8"]}
    return probe(
        address, lambda host: hosts.get(host, []), lambda ip, _port: ip == "127.0.0.1"
    ).result


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("/", LinkResult.OK),
        ("/moved", LinkResult.OK),
        ("/nohead", LinkResult.OK),
        ("/gone", LinkResult.DEAD),
        ("/busy", LinkResult.UNREACHABLE),
        ("/loop", LinkResult.UNREACHABLE),
        ("/inner", LinkResult.REFUSED),
    ],
)
def test_what_a_site_answers_says_whether_the_link_is_good(
    site: str, path: str, result: LinkResult
) -> None:
    assert look(site + path) == result


def test_the_page_itself_is_asked_for_only_where_the_head_is_not_answered(site: str) -> None:
    look(site + "/")
    look(site + "/nohead")
    assert Site.asked == ["HEAD /", "HEAD /nohead", "GET /nohead"]


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1"),
    ],
)
def test_inner_addresses_are_never_connected_to(ip: str) -> None:
    assert not is_public(ip, 80)
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", ip]

    assert probe("http://www.example.com/", resolve).result == LinkResult.REFUSED
    assert asked == ["www.example.com"]


def test_only_web_servers_are_asked() -> None:
    assert is_public("93.184.216.34", 443)
    assert not is_public("93.184.216.34", 22)
    for address in ("ftp://www.example.com/", "javascript:alert(1)", "http://", "http://a:99999/"):
        assert probe(address, lambda _host: ["93.184.216.34"]).result != LinkResult.OK


def test_a_name_that_leads_nowhere_gives_no_good_answer() -> None:
    def resolve(_host: str) -> list[str]:
        raise OSError("no such host")

    assert probe("https://www.example.com/", resolve).result == LinkResult.UNREACHABLE
