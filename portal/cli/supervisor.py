"""`make run`: prepare the data, then keep web and worker running until told to stop.

The two child commands are the very ones production runs under its own service manager
(docs/deployment.md); this process only starts, restarts and stops them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from config import ROOT, SettingsError, load_config

BIN = Path(sys.executable).parent
FLASK = (str(BIN / "flask"), "--app", "wsgi")
POLL = 0.2  # seconds between looks at the children
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds before a child is started again
STEADY = 60.0  # seconds after which a child counts as healthy and its delay starts over
PATIENCE = 20.0  # seconds a child has to finish what it is doing
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class CannotStart(Exception):
    """The portal cannot start here; the message says what to do."""


def main() -> int:
    """Run the portal until interrupted; returns the exit status."""
    try:
        settings = load_config()
        check_port(settings["HOST"], settings["PORT"])
        prepare(settings)
    except (SettingsError, CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    children = [Child("web", web_command(settings)), Child("worker", (*FLASK, "work"))]
    Supervisor(children, lambda: announce(settings)).run()
    return 0


def web_command(settings: dict[str, Any]) -> tuple[str, ...]:
    """Return the web server's command for these settings."""
    return (
        *(str(BIN / "granian"), "--interface", "wsgi", "--no-ws"),
        *("--host", settings["HOST"], "--port", str(settings["PORT"])),
        *("--workers", str(settings["WEB_WORKERS"]), "--respawn-failed-workers"),
        *("--blocking-threads", "4", "--backpressure", "64"),
        *("--workers-kill-timeout", "10"),  # one still loading misses its signal to stop
        *("--log-level", "warning", "wsgi:app"),
    )


def check_port(host: str, port: int) -> None:
    """Raise CannotStart when the address is taken or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as problem:
            raise CannotStart(
                f"Port {port} on {host} cannot be used ({problem}). "
                f"Choose another one: make run PORT={8080 if port != 8080 else 8081}"
            ) from None


def prepare(settings: dict[str, Any]) -> None:
    """Migrate; on the first start load the fixtures; build the search index where there is none."""
    step("Bringing the database up to date", "db", "upgrade")
    loaded = settings["DATA"] / "fixtures-loaded"
    if not loaded.exists():
        step("First start: loading the city and its plan", "seed")
        loaded.touch()
    in_files = settings["SEARCH_ENGINE"] == "whoosh"
    if not in_files or not (settings["DATA"] / "index" / "current").exists():
        step("Building the search index where there is none", "search", "rebuild", "--missing")


def step(title: str, *command: str) -> None:
    """Run one flask command, saying so; raises CannotStart when it fails."""
    print(f"{title} ...", flush=True)
    if subprocess.run([*FLASK, *command], cwd=ROOT, check=False).returncode:
        raise CannotStart(f"`flask {' '.join(command)}` failed: the lines above say why.")


def announce(settings: dict[str, Any]) -> bool:
    """Print the address and the demonstration accounts once the web server answers."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings["HOST"], settings["HOST"])  # noqa: S104
    try:
        socket.create_connection((host, settings["PORT"]), timeout=1).close()
    except OSError:
        return False
    accounts = settings["DATA"] / "demonstration-accounts.txt"
    if settings["DEMONSTRATION"] and accounts.exists():
        print(f"\n{accounts.read_text(encoding='utf-8').rstrip()}")
    shown = f"[{host}]" if ":" in host else host
    print(f"\nThe portal is at http://{shown}:{settings['PORT']}/ (Ctrl-C stops it)\n", flush=True)
    return True


class Child:
    """One child process in a group of its own, with its restarts and their growing delay."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.delay = FIRST_DELAY
        self.due = 0.0

    def start(self) -> None:
        """Start the process."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops both
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def look(self) -> None:
        """Note a death and when to start again, or start again when that moment has come."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.kill_group()  # a killed server leaves its own workers listening
        self.process = None
        if time.monotonic() - self.started > STEADY:
            self.delay = FIRST_DELAY
        self.due = time.monotonic() + self.delay
        print(f"{self.name} ended ({describe(status)}): starting it again", file=sys.stderr)
        self.delay = min(self.delay * 2, LONGEST_DELAY)

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the process, which sees to those it started."""
        if self.process is not None:
            self.process.terminate()

    def kill_group(self) -> None:
        """Kill the process and everything it started."""
        if self.process is not None:
            # macOS refuses a group whose members have all ended
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self, until: float) -> None:
        """Wait for the process to end after SIGTERM; kill it at `until` (monotonic seconds)."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not stop in time and is killed", file=sys.stderr)
        self.kill_group()
        self.process.wait()


class Supervisor:
    """Keeps children running until SIGINT or SIGTERM, then stops them."""

    def __init__(self, children: Sequence[Child], announce: Callable[[], bool]) -> None:
        self.children = children
        self.announce = announce
        self.stopping = False

    def run(self) -> None:
        """Start the children, restart those that die, stop all on a signal."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)
        announced = False
        while not self.stopping:
            for child in self.children:
                child.look()
            announced = announced or self.announce()
            time.sleep(POLL)
        self.stop()

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """The first signal asks the children to finish, a second one ends them at once."""
        for child in self.children:
            if self.stopping:
                child.kill_group()
            else:
                child.ask_to_stop()
        self.stopping = True

    def stop(self) -> None:
        """Wait until every child has stopped."""
        print("Stopping ...", flush=True)
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop(until)


def die_with_parent() -> None:
    """On Linux, ask for SIGTERM should the supervisor itself be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def describe(status: int) -> str:
    """Say how a process ended."""
    return f"signal {-status}" if status < 0 else f"status {status}"


if __name__ == "__main__":
    sys.exit(main())
