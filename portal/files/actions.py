"""Keeping a received file, removing it, and noting who read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from portal import audit, clock, outbox
from portal.audit import Actor
from portal.database import action
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.queries import due_for_removal
from portal.files.store import ALGORITHM, Received, path_of, put_in_place

TOPIC = "files"
BATCH = 500


@action
def keep(
    actor: Actor,
    received: Received,
    owner_kind: str,
    owner_id: int,
    *,
    purpose: str = "",
    keep_until: date | None = None,
) -> StoredFile:
    """Give an upload its row and its place; call it inside `receiving`, in the action that
    needs the file. `purpose` names the field or figure it belongs to."""
    file = StoredFile(
        name=received.name,
        owner_kind=owner_kind,
        owner_id=owner_id,
        purpose=purpose,
        original_name=received.original_name,
        content_type=received.content_type,
        size=received.size,
        algorithm=ALGORITHM,
        digest=received.digest,
        stored_at=clock.now(),
        stored_by_id=actor.actor_id,
        keep_until=keep_until,
    )
    db.session.add(file)
    db.session.flush()
    facts = {"owner": (None, f"{owner_kind}:{owner_id}"), "sha256": (None, received.digest)}
    audit.record(actor, "store_file", file, facts | {"purpose": (None, purpose)})
    put_in_place(received)
    return file


@action
def remove(actor: Actor, file: StoredFile, note: str = "") -> None:
    """Let the bytes go; the row and its hash stay. Removing twice changes nothing."""
    if file.removed_at is None:
        file.removed_at = clock.now()
        outbox.send(TOPIC, name=file.name)
        audit.record(actor, "remove_file", file, note=note)


@action
def keep_until(actor: Actor, file: StoredFile, day: date) -> bool:
    """Set the last day on which a file is kept; say whether that changed anything."""
    if file.keep_until == day:
        return False
    audit.record(actor, "keep_until", file, {"keep_until": (file.keep_until, day)})
    file.keep_until = day
    return True


@action
def note_reading(actor: Actor, file: StoredFile) -> None:
    """Write into the trail who opened a file."""
    audit.record(actor, "open_file", file)


@action
def forget_due(on: date) -> int:
    """Remove files whose time of keeping is over; return how many."""
    due = due_for_removal(on, BATCH)
    for file in due:
        remove(audit.SYSTEM, file)
    return len(due)


def remove_bytes(folder: Path, payloads: Sequence[Mapping[str, Any]]) -> None:
    """Delete the bytes of removed files: the outbox's handler, harmless when repeated."""
    for payload in payloads:
        path_of(folder, payload["name"]).unlink(missing_ok=True)
