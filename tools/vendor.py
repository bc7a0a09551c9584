"""Copy the listed files of the locked npm packages into static/vendor and record their hashes.

    cd tools && npm ci --ignore-scripts --omit-lockfile-registry-resolved
    python tools/vendor.py              # copies, writes static/vendor/vendor.json
    python tools/vendor.py --check      # fails if a copy differs from the record

The copies and vendor.json are committed: npm is needed only to change them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
TARGET = TOOLS.parent / "static" / "vendor"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wanted(plan: dict[str, dict[str, list[str]]], icons: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (package, path inside it) for every file of the plan; {ICONS} stands for each icon."""
    for package, patterns in plan["vendor"].items():
        for pattern in patterns:
            names = icons if "{ICONS}" in pattern else [""]
            for name in names:
                yield package, pattern.replace("{ICONS}", name)


def copy(target: Path) -> None:
    """Copy what tools/package.json lists from tools/node_modules and write the record."""
    plan = json.loads((TOOLS / "package.json").read_text())
    lock = json.loads((TOOLS / "package-lock.json").read_text())["packages"]
    record: dict[str, object] = {}
    for package, name in wanted(plan, plan["icons"]):
        to = target / package / Path(name).name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOOLS / "node_modules" / package / name, to)
        record[to.relative_to(target).as_posix()] = sha256(to)
        meta = lock[f"node_modules/{package}"]
        record[f"{package}@"] = {key: meta[key] for key in ("version", "license", "integrity")}
    (target / "vendor.json").write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


def differences(target: Path = TARGET) -> list[str]:
    """Say in one line each which copies were changed, are missing or are not listed."""
    record = json.loads((target / "vendor.json").read_text())
    listed = {name: value for name, value in record.items() if not name.endswith("@")}
    found = {
        path.relative_to(target).as_posix(): path
        for path in target.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    missing = [f"missing: {name}" for name in sorted(listed.keys() - found.keys())]
    unlisted = [f"unlisted: {name}" for name in sorted(found.keys() - listed.keys())]
    both = sorted(listed.keys() & found.keys())
    changed = [f"changed: {name}" for name in both if sha256(found[name]) != listed[name]]
    return missing + unlisted + changed


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        wrong = differences()
        print("\n".join(wrong) or "static/vendor matches vendor.json")
        return 1 if wrong else 0
    copy(TARGET)
    return main(["--check"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
