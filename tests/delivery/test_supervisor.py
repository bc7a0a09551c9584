"""The supervisor keeps its children running and stops them in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.cli import supervisor
from portal.cli.supervisor import CannotStart, Child, check_port

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""
SUPERVISE = """
import pathlib, sys
from portal.cli.supervisor import Child, Supervisor
notes = sys.argv[1]
worker = (
    "import os, signal, sys, time\\n"
    "def end(*_): open(sys.argv[1], 'a').write('stopped\\\\n'); sys.exit(0)\\n"
    "signal.signal(signal.SIGTERM, end)\\n"
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n')\\n"
    "time.sleep(60)\\n"
)
Supervisor([Child("worker", (sys.executable, "-c", worker, notes))], lambda: True).run()
"""


def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Say whether a process exists and is not a zombie."""
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return bool(answer.stdout.strip()) and not answer.stdout.startswith("Z")


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("sleeper", SLEEPER)
    yield child
    child.ask_to_stop()
    child.stop(time.monotonic() + 5)


def test_a_dead_child_is_started_again_after_a_growing_delay(child: Child) -> None:
    child.look()
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    until(lambda: child.look() or child.process is None)
    assert child.delay == 2 * supervisor.FIRST_DELAY
    until(lambda: child.look() or child.process is not None)
    assert child.process.pid != first


def test_the_delay_has_a_limit(child: Child) -> None:
    child.command = (sys.executable, "-c", "")
    child.delay = supervisor.LONGEST_DELAY
    child.look()
    until(lambda: child.look() or child.process is None)
    assert child.delay == supervisor.LONGEST_DELAY


def test_what_a_killed_child_had_started_ends_too(child: Child, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    child.command = (sys.executable, "-c", PARENT, str(noted))
    child.look()
    until(lambda: noted.exists() and noted.read_text())
    assert child.process is not None
    child.process.kill()
    until(lambda: child.look() or child.process is None)
    until(lambda: not is_running(int(noted.read_text())))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The file in which a supervised worker notes its start and its end."""
    return tmp_path / "notes"


@pytest.fixture
def supervised(notes: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor in a process of its own, whose worker has started."""
    command = [sys.executable, "-c", SUPERVISE, notes]
    with subprocess.Popen(command, cwd=supervisor.ROOT) as process:
        try:
            until(lambda: notes.exists() and notes.read_text().endswith("\n"))
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_children_before_the_supervisor(
    number: signal.Signals, supervised: subprocess.Popen[bytes], notes: Path
) -> None:
    supervised.send_signal(number)
    assert supervised.wait(timeout=10) == 0
    assert notes.read_text().endswith("stopped\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_children_do_not_outlive_a_killed_supervisor(
    supervised: subprocess.Popen[bytes], notes: Path
) -> None:
    supervised.kill()
    supervised.wait()
    until(lambda: notes.read_text().endswith("stopped\n"))


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} on 127.0.0.1 cannot be used"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 70000])
def test_an_impossible_port_is_one_sentence(port: int) -> None:
    with pytest.raises(CannotStart, match="Choose another"):
        check_port("127.0.0.1", port)


def test_the_web_command_listens_where_the_settings_say() -> None:
    words = supervisor.web_command({"HOST": "127.0.0.1", "PORT": 8123, "WEB_WORKERS": 2})
    assert os.path.basename(words[0]) == "granian"
    assert words[words.index("--port") + 1] == "8123"
