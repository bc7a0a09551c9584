"""The real portal as `make run` starts it, its worker and demonstration city, and Chromium.

One portal serves all journeys: each signs up people of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from config import ROOT
from tests.prerequisites import chromium

PASSWORD = "bamboo hills 2026"
START = 240  # seconds the first start may take on a small machine
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.HTTPError, OSError):
        return False


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running portal with the demonstration city."""
    folder, port = tmp_path_factory.mktemp("portal"), free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    environment |= {
        "PORT": str(port),
        "PORTAL_DATA": str(folder),
        "PORTAL_NOW": "2026-11-22T10:00:00",
        "DEMO_PASSWORD": PASSWORD,
        "WEB_WORKERS": "1",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.cli.supervisor"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        deadline = time.monotonic() + START
        while not is_ready(address):
            said = (folder / "log").read_text(encoding="utf-8")
            assert process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.3)
        yield address
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Complaints(list[str]):
    """What the browser itself complained of: script errors, policy breaches, failed loads."""

    def listen(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.append(str(error)))

    def hear(self, message: ConsoleMessage) -> None:
        expected = "status of 4"  # a form sent back is an answer, not a fault
        if message.type in ("error", "warning") and expected not in message.text:
            self.append(message.text)


@pytest.fixture
def open_browser(portal: str, chrome: Browser) -> Iterator[Open]:
    """Open a browser of its own for one person; at the end none may have complained."""
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def opened(width: int = 1440, **cookies: str) -> Page:
        context = chrome.new_context(
            base_url=portal, locale="zh-CN", viewport={"width": width, "height": 900}
        )
        context.add_cookies(
            [{"name": name, "value": value, "url": portal} for name, value in cookies.items()]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        complaints.listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
