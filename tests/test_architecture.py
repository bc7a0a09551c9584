"""The shape of the code, checked: import contracts, sizes, one place to commit, no city facts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 40  # lines, without its docstring
LONGEST_MODULE = 300
LONGEST_TEMPLATE = 120
MAY_COMMIT = {"portal/database.py", "portal/outbox/worker.py", "portal/accounts/access.py"}
CITY_FACTS = re.compile(r"眉|5114|\bMS-")
TEXTS = {".py", ".html", ".txt", ".css", ".js", ".po", ".yaml", ".svg", ".xml"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str, suffixes: set[str]) -> Iterator[Path]:
    """Yield the project's own files of these kinds, vendored copies left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "vendor" not in path.parts:
                yield path


def modules(*folders: str) -> list[Path]:
    """Return Python files of the given folders and the two at the top."""
    return [*files(*folders, suffixes={".py"}), ROOT / "config.py", ROOT / "wsgi.py"]


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return a function's lines from `def` to its end, without its docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def name_of(path: Path) -> str:
    """Return a path as the failure message shows it."""
    return path.relative_to(ROOT).as_posix()


def imports_portal(node: ast.AST) -> bool:
    """Say whether a statement imports the portal."""
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] == "portal"
    return isinstance(node, ast.Import) and any(
        alias.name.split(".")[0] == "portal" for alias in node.names
    )


def test_the_import_contracts_are_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_of_the_portal_is_imported_inside_a_function() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} in {function.name}()"
        for path in modules("portal")
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and imports_portal(node)
    ]
    assert not found


def test_only_named_places_commit() -> None:
    commits = re.compile(r"(?<!writer)\.commit\(")  # an index's writer is not the database
    found = {name_of(path) for path in modules("portal") if commits.search(path.read_text("utf-8"))}
    assert found <= MAY_COMMIT


def test_one_condition_says_which_records_the_public_reads() -> None:
    """Only `is_listed` knows that an unfinished import hides its records."""
    asks = re.compile(r"\bEnterprise\.state\.in_\(\s*PUBLIC")
    found = {name_of(path) for path in modules("portal") if asks.search(path.read_text("utf-8"))}
    assert found <= {"portal/enterprises/models/record.py"}


def test_the_wall_clock_is_read_in_one_place() -> None:
    reads = re.compile(r"\b(?:datetime\.(?:utc)?now|date\.today|datetime\.today)\(")
    found = {name_of(path) for path in modules("portal") if reads.search(path.read_text("utf-8"))}
    assert found <= {"portal/clock.py"}


def test_the_environment_is_read_in_one_place() -> None:
    reads = re.compile(r"os\.(?:getenv|environ[.\[])")
    found = {name_of(path) for path in modules("portal") if reads.search(path.read_text("utf-8"))}
    assert not found


def test_facts_of_one_city_stand_only_in_fixtures() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:60]}"
        for path in files("portal", "templates", "static", "migrations", suffixes=TEXTS)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if CITY_FACTS.search(line)
    ]
    assert not found, "\n".join(found)


def test_functions_are_short() -> None:
    found = [
        f"{name_of(path)}:{function.lineno} {function.name}() has {length(function)} lines"
        for path in modules("portal", "tools")
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    ]
    assert not found, f"split what is longer than {LONGEST_FUNCTION} lines:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("folders", "suffix", "limit"),
    [
        (("portal", "tools", "tests"), ".py", LONGEST_MODULE),
        (("templates",), ".html", LONGEST_TEMPLATE),
    ],
)
def test_files_are_short(folders: tuple[str, ...], suffix: str, limit: int) -> None:
    counted = {
        name_of(path): len(path.read_text("utf-8").splitlines())
        for path in files(*folders, suffixes={suffix})
    }
    found = [f"{name}: {lines} lines" for name, lines in counted.items() if lines > limit]
    assert not found, f"split what is longer than {limit} lines:\n" + "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    found = [
        name_of(path)
        for path in modules("portal", "tools")
        if (source := path.read_text("utf-8")).strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert not found
