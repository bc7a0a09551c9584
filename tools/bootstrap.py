"""Make `.venv` from a lock file: `python3 tools/bootstrap.py run` or `... dev`.

Standard library only, since it runs before anything is installed. A stamp of the lock's hash
and the interpreter's version makes a second run a matter of milliseconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)
LINES_SHOWN = 20
PROBE = "import sys, pip; print('%d.%d' % sys.version_info[:2])"


class CannotBootstrap(Exception):
    """Something is missing on this machine; the message says which command brings it."""


def main(arguments: list[str]) -> int:
    """Make the environment for one lock; returns the exit status."""
    if arguments not in (["run"], ["dev"]):
        print("usage: bootstrap.py run|dev", file=sys.stderr)
        return 2
    try:
        make_environment(ROOT / "requirements" / f"{arguments[0]}.txt")
    except CannotBootstrap as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def make_environment(lock: Path) -> None:
    """Bring `.venv` to what the lock says, keeping it when it already is."""
    version = usable_version()
    if version is None:
        version = create_venv()
    stamp = VENV / f".{lock.stem}.stamp"
    wanted = f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {version}\n"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    install(lock)
    stamp.write_text(wanted)


def usable_version() -> str | None:
    """Return the version of `.venv`'s Python, or None when there is none we can use."""
    try:
        answer = subprocess.run([PYTHON, "-c", PROBE], check=False, capture_output=True, text=True)
    except OSError:
        return None
    if answer.returncode:
        return None
    version = answer.stdout.strip()
    major, minor = version.split(".")
    return version if OLDEST <= (int(major), int(minor)) <= NEWEST else None


def create_venv() -> str:
    """Create `.venv` with the interpreter running this file and return its version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotBootstrap(venv_advice(version))
    print(f"Creating .venv with Python {version} ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    if answer.returncode:
        raise CannotBootstrap(f"{answer.stdout}{answer.stderr}\n.venv could not be created.")
    return version


def venv_advice(version: str) -> str:
    """Return the sentence for a Python that came without its venv module."""
    if sys.platform == "darwin":
        return "This Python has no venv module. Install one that does: brew install python@3.12"
    return (
        "This Python has no venv module. Install it: "
        f"sudo apt install python3-venv python{version}-venv"
    )


def install(lock: Path) -> None:
    """Install every package of the lock, checked against its hashes, showing how far it is."""
    count = sum("==" in line and not line.startswith(" ") for line in lock.open(encoding="utf-8"))
    name = lock.relative_to(ROOT)
    print(f"Installing {count} packages from {name} (a minute or two the first time) ...")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout is not None
        lines = show_progress(pip.stdout, count)
    if pip.returncode:
        print("".join(lines[-LINES_SHOWN:]), file=sys.stderr)
        raise CannotBootstrap(
            f"The packages of {name} could not be installed: the lines above say why. "
            "Then try again; without a network, PIP_FIND_LINKS may name a folder of wheels."
        )


def show_progress(output: Iterable[str], count: int) -> list[str]:
    """Print one short line for every tenth package pip comes to; returns all its lines."""
    lines, seen = [], 0
    for line in output:
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            if seen % 10 == 0:
                print(f"  {seen} of {count}", flush=True)
        elif line.startswith("Installing collected"):
            print("  all fetched and checked, unpacking ...", flush=True)
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
