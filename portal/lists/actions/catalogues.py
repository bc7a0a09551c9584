"""The printable catalogue of every version: owed with the version, made by the worker."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from portal import audit, clock, files, outbox
from portal.audit import SYSTEM
from portal.database import action
from portal.extensions import db
from portal.files import ContentType, Received
from portal.lists.models import ReleaseCatalogue, ReleaseVersion
from portal.lists.queries.catalogues import find_catalogue, find_printable
from portal.typesetting import Composed

TOPIC = "catalogues"
OWNER_KIND = "release_catalogue"  # of its stored file: it belongs to the version
LARGEST = 100 * 1024 * 1024  # bytes; one of 500 entries has some three million
Name = Callable[[ReleaseVersion], str]
Compose = Callable[[ReleaseVersion], Composed]


def owe(version: ReleaseVersion) -> None:
    """Owe the worker the catalogue of a version, in the transaction that makes it."""
    db.session.flush()
    outbox.send(TOPIC, version=version.id)


def make(version_id: int, name: Name, compose: Compose, folder: Path) -> None:
    """Make a version's catalogue and keep it below the folder of files; once, whoever repeats it.

    Nothing is made of a version the public may not take away. Raises what `compose` raises,
    Refused on a full disk: nothing half is left then.
    """
    version = find_printable(version_id)
    if version is None or find_catalogue(version_id) is not None:
        return
    composed, file_name = compose(version), name(version)
    db.session.rollback()  # nothing is held while the file is written
    with files.receiving(
        folder,
        io.BytesIO(composed.content),
        file_name,
        field="catalogue",
        allowed=frozenset({ContentType.PDF}),
        largest=LARGEST,
    ) as received:
        keep_made(version_id, received, composed.missing)


@action
def keep_made(version_id: int, received: Received, missing: tuple[str, ...]) -> None:
    """Keep a catalogue; where another process did, or its version was taken back meanwhile, do
    nothing."""
    version = find_printable(version_id)
    if version is None or find_catalogue(version_id) is not None:
        return
    file = files.keep(SYSTEM, received, OWNER_KIND, version.id)
    db.session.add(ReleaseCatalogue(version=version, file=file, made_at=clock.now()))
    audit.record(
        SYSTEM,
        "make_catalogue",
        version.release,
        {"version": (None, version.version), "sha256": (None, file.digest)},
        note=" ".join(missing),
    )
