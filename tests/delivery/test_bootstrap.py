"""The environment is made once, kept while the lock holds, and says what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(bootstrap.__file__).resolve().parent.parent


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locks that would have been installed into an existing environment."""
    noted: list[str] = []
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "usable_version", lambda: "3.12")
    monkeypatch.setattr(bootstrap, "install", lambda lock: noted.append(lock.stem))
    return noted


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "run.txt"
    path.write_text("flask==3.1.3\n")
    return path


def test_a_second_run_installs_nothing(installed: list[str], lock: Path) -> None:
    bootstrap.make_environment(lock)
    bootstrap.make_environment(lock)
    assert installed == ["run"]


def test_a_changed_lock_is_installed(installed: list[str], lock: Path) -> None:
    bootstrap.make_environment(lock)
    lock.write_text("flask==3.1.4\n")
    bootstrap.make_environment(lock)
    assert installed == ["run", "run"]


def test_another_interpreter_is_installed_for(
    installed: list[str], lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.make_environment(lock)
    monkeypatch.setattr(bootstrap, "usable_version", lambda: "3.13")
    bootstrap.make_environment(lock)
    assert installed == ["run", "run"]


def test_an_interrupted_installation_is_taken_up_again(
    installed: list[str], lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_lock: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.make_environment(lock)
    bootstrap.make_environment(lock)
    assert installed == ["run"]


def test_a_python_without_venv_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(bootstrap.CannotBootstrap, match="sudo apt install python3-venv"):
        bootstrap.create_venv()


def test_progress_is_one_line_for_ten_packages(capsys: pytest.CaptureFixture[str]) -> None:
    output = [f"Collecting p{number}\n" for number in range(25)]
    assert bootstrap.show_progress(output, 25) == output
    assert capsys.readouterr().out == "  10 of 25\n  20 of 25\n"


def test_make_says_which_python_it_needs() -> None:
    done = subprocess.run(
        ["make", "run", "PYTHONS=python2.0"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "sudo apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = [part for part in text.split("\n") if "==" in part and not part.startswith(" ")]
    assert entries
    assert all(entry.endswith("\\") for entry in entries)
    assert "http" not in text


def test_each_direct_dependency_has_its_line() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    for name in ("run", "dev"):
        for line in (ROOT / "requirements" / f"{name}.in").read_text().splitlines():
            if line and not line.startswith(("#", "-")):
                package = line.split("=")[0].split(">")[0].split("[")[0]
                assert package in page, f"docs/dependencies.md says nothing of {package}"
