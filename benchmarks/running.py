"""A portal of its own to measure: temporary data, web and worker as production runs them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from config import ROOT, load_config
from portal.cli.supervisor import FLASK, web_command

PATIENCE = 60.0


@dataclass
class Running:
    """Address, data folder and processes of the portal under measurement."""

    port: int
    data: Path
    environ: dict[str, str]
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]

    def flask(self, *command: str) -> str:
        """Run one flask command on the same data and return what it printed."""
        return flask(self.environ, *command)

    def restart_web(self) -> None:
        """Start the web server again, as a service manager would after a crash."""
        self.web = start(self.environ, web_command(load_config(self.environ)))
        wait_for(self.port)


def flask(environ: dict[str, str], *command: str) -> str:
    """Run a flask command; raises CalledProcessError when it fails."""
    done = subprocess.run(
        [*FLASK, *command], cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    )
    return done.stdout


def optional_flask(*command: str) -> None:
    """Run a flask command on the data of this process's settings where this version has it."""
    subprocess.run([*FLASK, *command], cwd=ROOT, check=False, capture_output=True)


def start(environ: dict[str, str], command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that all of it can be killed."""
    return subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True)


def kill(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal to a process and its children and wait for the end."""
    if process.poll() is None:
        os.killpg(process.pid, how)
    process.wait(timeout=PATIENCE)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the portal answers; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the portal does not answer")


@contextmanager
def running(database_url: str = "", **settings: str) -> Iterator[Running]:
    """Migrate and seed a portal in a temporary folder and keep it running."""
    with tempfile.TemporaryDirectory(prefix="portal-measured-") as folder:
        port = free_port()
        environ = os.environ | {
            "PORTAL_DATA": folder,
            "PORT": str(port),
            "PORTAL_DEMO": "0",
            "DATABASE_URL": database_url,
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        for command in (("db", "upgrade"), ("seed",), ("search", "rebuild")):
            flask(environ, *command)
        web = start(environ, web_command(load_config(environ)))
        worker = start(environ, (*FLASK, "work"))
        portal = Running(port, Path(folder), environ, web, worker)
        try:
            wait_for(port)
            yield portal
        finally:
            kill(portal.web)
            kill(portal.worker)


def run_python(environ: dict[str, str], code: str) -> str:
    """Run some lines of Python on the same data and return what they printed; what they complain
    of goes to this program's own errors. Raises CalledProcessError when they fail."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
