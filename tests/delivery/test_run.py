"""What `make run` starts: it answers, comes back when killed, stops cleanly, keeps its data."""

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
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from config import ROOT
from tests.prerequisites import throwaway_database

START, RESTART = 180, 30  # seconds


class Running:
    """A supervisor started as `make run` does, with what it has printed."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, log: Path) -> None:
        self.process = process
        self.address = address
        self.log = log

    def status(self, path: str) -> int:
        """Return the status of a page, 0 while nothing answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code
        except OSError:
            return 0

    def child(self, words: str) -> int:
        """Return the number of the supervisor's child whose command has these words, or 0."""
        listing = subprocess.run(
            ["ps", "-axwwo", "pid=,ppid=,command="], check=True, capture_output=True, text=True
        ).stdout
        for line in listing.splitlines():
            number, parent, command = line.split(maxsplit=2)
            if parent == str(self.process.pid) and words in command:
                return int(number)
        return 0


@contextmanager
def run(environ: dict[str, str], log: Path) -> Iterator[Running]:
    """Start the supervisor, wait until the site answers, and stop it in the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.cli.supervisor"],
            cwd=ROOT,
            env=environ,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Running(process, f"http://127.0.0.1:{environ['PORT']}", log)
    with process:
        try:
            wait(lambda: running.status("/readyz") == 200, START, running)
            yield running
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=RESTART) == 0
        finally:
            process.kill()


def wait(holds: Callable[[], bool], seconds: float, running: Running) -> None:
    """Wait until something holds, failing early when the supervisor has ended."""
    end = time.monotonic() + seconds
    while not holds():
        assert running.process.poll() is None, running.log.read_text()
        assert time.monotonic() < end, running.log.read_text()
        time.sleep(0.2)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings with a data folder, a port and a database of their own."""
    with ExitStack() as stack:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        settings = {"PORTAL_DATA": str(tmp_path / "data"), "PORT": str(free_port())}
        server = os.environ.get("TEST_DATABASE_URL", "")
        if server.startswith("postgresql"):
            settings["DATABASE_URL"] = stack.enter_context(throwaway_database(server))
        yield kept | settings


def test_the_portal_starts_survives_and_keeps_its_data(
    environ: dict[str, str], tmp_path: Path
) -> None:
    with run(environ, tmp_path / "first.log") as portal:
        printed = portal.log.read_text()
        assert "First start" in printed
        assert portal.status("/") == 200
        wait(lambda: portal.address in portal.log.read_text(), RESTART, portal)
        for words in ("granian", "wsgi work"):
            killed = portal.child(words)
            assert killed
            os.kill(killed, signal.SIGKILL)
            wait(lambda: portal.child(words) not in (0, killed), RESTART, portal)  # noqa: B023
            wait(lambda: portal.status("/healthz") == 200, RESTART, portal)
    assert portal.status("/healthz") == 0
    with run(environ, tmp_path / "second.log") as portal:
        assert "First start" not in portal.log.read_text()
        assert portal.status("/") == 200


def test_unsafe_settings_are_one_sentence(tmp_path: Path) -> None:
    environ = {"PORTAL_DATA": str(tmp_path), "PORTAL_ENV": "production", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-m", "portal.cli.supervisor"],
        cwd=ROOT, env=environ, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "TRUSTED_HOSTS is missing: name the public host, then start again.\n"
