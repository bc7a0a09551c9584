"""Setting a document: a template, its data, a moment; the same three give the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.typesetting.coverage import Fitting
from portal.typesetting.fonts import unpack

COMPOSITOR = Path(__file__).with_name("compositor.py")  # run, never imported: it loads the engine
LONGEST = 120  # seconds a document may take
SAID = 500  # characters kept of what the engine said
NOTHING: dict[str, str] = {}  # the compositor's environment: neither clock nor fonts come from it


class NotComposed(Exception):
    """The document could not be set; says what the engine said. Nothing is left behind."""


@dataclass(frozen=True)
class Composed:
    """A document as PDF, with the characters of its data the fonts lack (〓 stands for each)."""

    content: bytes
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Press:
    """Where templates and carried fonts are, and where the fonts are unpacked to."""

    templates: Path
    carried: Path
    unpacked: Path

    def compose(
        self, template: str, data: Mapping[str, Any], moment: datetime, longest: int | None = None
    ) -> Composed:
        """Return a template of the folder set with its data, which it reads as `data` together
        with `missing`, the code points the fonts lack. `longest` is in seconds, LONGEST
        for none.

        Raises NotComposed, FontsDamaged, OSError on a full disk.
        """
        fonts = unpack(self.carried, self.unpacked)
        fitting = Fitting(list(fonts.glob("*.ttf")))
        fitted = fitting.fit(data)
        job = {
            "root": str(self.templates),
            "template": template,
            "fonts": str(fonts),
            "data": fitted | {"missing": [f"U+{ord(one):04X}" for one in fitting.missing]},
            "moment": int(moment.timestamp()),
        }
        return Composed(run(job, longest or LONGEST), tuple(fitting.missing))


def run(job: Mapping[str, Any], longest: int = LONGEST) -> bytes:
    """Return what the compositor makes of a job, in a process of its own."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(COMPOSITOR)],
            input=json.dumps(job, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=longest,
            check=False,
            env=NOTHING,
        )
    except subprocess.TimeoutExpired as error:
        raise NotComposed(f"not done after {longest} seconds") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        said = done.stderr.decode(errors="replace").strip()[-SAID:]
        raise NotComposed(said or f"ended with {done.returncode}")
    return done.stdout
