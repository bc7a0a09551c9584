"""Running official lists: slices of a few seconds, each of which goes on where the last ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flask_babel import force_locale
from flask_babel import gettext as _

from portal import files
from portal.classification.actions import list_reading, list_recording, list_undo
from portal.classification.models.official_lists import OfficialList
from portal.classification.official_lists.reading import PASTED, batches, walking
from portal.classification.queries import list_jobs as queries
from portal.classification.queries.list_comparison import firms
from portal.classification.rules.matching import Registry
from portal.classification.rules.official_lists import clashes
from portal.classification.terms.official_lists import ListState
from portal.sheets.findings import Unreadable
from portal.sheets.walking import notes

SLICE = 5.0  # seconds after which others get their turn


def run_slice(list_id: int, folder: Path) -> bool:
    """Do a few seconds' work on a list; True while there is more to do."""
    official = queries.get_job(list_id)
    state, language = ListState(official.state), official.language
    with force_locale(language):
        if state == ListState.READING:
            return read_slice(list_id, folder)
        if state == ListState.JUDGING:
            return judge_slice(list_id)
        if state == ListState.RECORDING:
            return record_slice(list_id)
        if state == ListState.UNDOING:
            return undo_slice(list_id)
    return False


def read_slice(list_id: int, folder: Path) -> bool:
    """Read rows until the slice is over or the sheet ends; what cannot be read ends the list."""
    official = queries.get_job(list_id)
    try:
        with opened_file(official, folder) as source:
            return read_some(official, source)
    except Unreadable as why:
        list_reading.fail(list_id, why.message)
        return False


@contextmanager
def opened_file(official: OfficialList, folder: Path) -> Iterator[BinaryIO]:
    """Open the kept file of a list; raises Unreadable once it is deleted."""
    if official.file is None or official.file.removed_at is not None:
        raise Unreadable(_("The file is no longer kept: upload it again"))
    with files.path_of(folder, official.file.name).open("rb") as source:
        yield source


def read_some(official: OfficialList, source: BinaryIO) -> bool:
    """Keep batches for one slice; True while there is more to do."""
    end = time.monotonic() + SLICE
    list_id, reached, name = official.id, official.reached, official.file_name or PASTED
    with walking(source, name) as (walk, sheets):
        for batch in batches(walk, reached):
            if not list_reading.keep_read(list_id, reached, batch):
                return False
            reached = batch.reached
            if time.monotonic() > end:
                return True
        said = [finding.message for finding in notes(walk, sheets)]
        list_reading.finish_reading(list_id, said, holds_cards=walk.card_rows > 0)
    return True


def judge_slice(list_id: int) -> bool:
    """Compare rows for one slice, then tell what they are to each other."""
    if until_over(list_reading.judge_batch, list_id):
        return True
    found = clashes(queries.said_of(list_id))
    list_reading.finish_judging(list_id, found)
    return False


def record_slice(list_id: int) -> bool:
    """Record titles for one slice; True while there is more."""
    if until_over(list_recording.record_batch, list_id):
        return True
    list_recording.finish_recording(list_id)
    return False


def until_over(step: Callable[[int, Registry], bool], list_id: int) -> bool:
    """Take steps beside the registry as it is now; True when the slice was over before them."""
    end = time.monotonic() + SLICE
    registry = Registry.of(firms())
    while step(list_id, registry):
        if time.monotonic() > end:
            return True
    return False


def undo_slice(list_id: int) -> bool:
    """Take titles back for one slice; True while there is more."""
    end = time.monotonic() + SLICE
    while list_undo.undo_batch(list_id):
        if time.monotonic() > end:
            return True
    list_undo.finish_undo(list_id)
    return False
