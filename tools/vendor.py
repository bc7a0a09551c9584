"""Copy the listed files of the locked npm packages into static/vendor and fonts, with their hashes.

    cd tools && npm ci --ignore-scripts --omit-lockfile-registry-resolved
    python tools/vendor.py              # copies, writes a vendor.json into each folder
    python tools/vendor.py --check      # fails if a copy differs from the record

The copies and the records are committed: npm is needed only to change them. Fonts are compressed,
and their record says what they unpack to.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
TARGET = TOOLS.parent / "static" / "vendor"
FONTS = TOOLS.parent / "fonts"
TARGETS = {"vendor": TARGET, "fonts": FONTS}  # by the name of the list in package.json
FONT = ".ttf"
PACKED = ".xz"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wanted(plan: dict[str, list[str]], icons: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (package, path inside it) for every file of the plan; {ICONS} stands for each icon."""
    for package, patterns in plan.items():
        for pattern in patterns:
            names = icons if "{ICONS}" in pattern else [""]
            for name in names:
                yield package, pattern.replace("{ICONS}", name)


def copy(target: Path, plan: dict[str, list[str]], icons: list[str]) -> None:
    """Copy what a list of tools/package.json names from tools/node_modules and write the record."""
    lock = json.loads((TOOLS / "package-lock.json").read_text())["packages"]
    record: dict[str, object] = {}
    for package, name in wanted(plan, icons):
        content = (TOOLS / "node_modules" / package / name).read_bytes()
        to = target / package.rpartition("/")[2] / Path(name).name
        if to.suffix == FONT:
            record[f"{to.name}="] = sha256(content)
            to, content = to.with_name(to.name + PACKED), lzma.compress(content, preset=9)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content)
        record[to.relative_to(target).as_posix()] = sha256(content)
        meta = lock[f"node_modules/{package}"]
        record[f"{package}@"] = {key: meta[key] for key in ("version", "license", "integrity")}
    (target / "vendor.json").write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


def differences(target: Path = TARGET) -> list[str]:
    """Say in one line each which copies were changed, are missing or are not listed."""
    record = json.loads((target / "vendor.json").read_text())
    listed = {name: value for name, value in record.items() if name[-1] not in "@="}
    found = {
        path.relative_to(target).as_posix(): path
        for path in target.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    missing = [f"missing: {name}" for name in sorted(listed.keys() - found.keys())]
    unlisted = [f"unlisted: {name}" for name in sorted(found.keys() - listed.keys())]
    both = sorted(listed.keys() & found.keys())
    changed = [
        f"changed: {name}" for name in both if sha256(found[name].read_bytes()) != listed[name]
    ]
    return missing + unlisted + changed


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        plan = json.loads((TOOLS / "package.json").read_text())
        for name, target in TARGETS.items():
            copy(target, plan[name], plan["icons"])
    wrong = [line for target in TARGETS.values() for line in differences(target)]
    print("\n".join(wrong) or "static/vendor and fonts match their vendor.json")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
