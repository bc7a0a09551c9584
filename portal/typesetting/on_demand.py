"""Documents set while somebody waits: the same one once, one at a time, the newest kept."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.typesetting.press import Press

LONGEST = 30  # seconds a person is kept waiting for one
KEPT = 100  # documents
logger = logging.getLogger(__name__)


class TooBusy(Exception):
    """One document is being set and somebody else waits already."""


@dataclass(frozen=True)
class OnDemand:
    """A press for whoever asks. However many do, one process sets at a time and one request waits:
    all processes of this machine that share `folder` count together."""

    press: Press
    folder: Path

    def document(
        self, template: str, said: object, data: Callable[[], Mapping[str, Any]], moment: datetime
    ) -> bytes:
        """Return the PDF of `data`, which is asked for only where the document of what is `said`
        (JSON) is not kept. Raises TooBusy, NotComposed, FontsDamaged, OSError on a full disk."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{self.digest(template, said)}.pdf"
        if path.is_file():
            return path.read_bytes()
        with self.turn():
            if path.is_file():  # whoever set before asked for the same
                return path.read_bytes()
            content = self.press.compose(template, data(), moment, LONGEST).content
            self.keep(path, content)
            return content

    def digest(self, template: str, said: object) -> str:
        """Return what a document is known by: its words and how the templates look now."""
        sha = hashlib.sha256(json.dumps([template, said], ensure_ascii=False).encode())
        for path in sorted(self.press.templates.glob("*.typ")):
            sha.update(path.read_bytes())
        return sha.hexdigest()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the press. Raises TooBusy where somebody waits already."""
        with (
            (self.folder / "waiting.lock").open("w") as waiting,
            (self.folder / "setting.lock").open("w") as setting,
        ):
            try:
                fcntl.flock(waiting, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise TooBusy from error
            fcntl.flock(setting, fcntl.LOCK_EX)
            fcntl.flock(waiting, fcntl.LOCK_UN)
            yield

    def keep(self, path: Path, content: bytes) -> None:
        """Keep a document whole or not at all, and only the newest; where there is no room, none:
        who asked gets it all the same."""
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".")
        try:
            with open(handle, "wb") as out:
                out.write(content)
            os.replace(draft, path)
            kept = sorted(self.folder.glob("*.pdf"), key=lambda one: one.stat().st_mtime)
            for old in kept[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            logger.exception("a document that was set could not be kept")
            Path(draft).unlink(missing_ok=True)
