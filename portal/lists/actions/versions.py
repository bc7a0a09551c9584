"""The versions of a published release: what each said stays on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from portal import clock
from portal.extensions import db
from portal.lists import content
from portal.lists.actions import catalogues
from portal.lists.models import Erratum, Release, ReleaseVersion
from portal.lists.rules.errata import next_version as version_after
from portal.lists.terms.errata import ErratumKind

Change = Callable[[dict[str, Any]], dict[str, Any]]


def next_version(release: Release, erratum: Erratum, change: Change) -> ReleaseVersion:
    """Give a release its next version and return it."""
    release.content_version = version_after(release.content_version)
    facts = content.with_nodes(change(json.loads(release.content or "{}")))
    facts["release"] = facts["release"] | {"version": release.content_version}
    release.content = content.canonical(facts)
    release.check_code = content.check_code(release.content)
    release.changed_at = clock.now()
    if erratum.kind == ErratumKind.WITHDRAWAL:
        keep_back(release)
    return add_version(release, erratum)


def keep_back(release: Release) -> None:
    """Hand out no more what versions before a withdrawal said."""
    db.session.execute(
        update(ReleaseVersion)
        .where(ReleaseVersion.release_id == release.id)
        .values(given_out=False)
    )


def add_version(release: Release, erratum: Erratum | None = None) -> ReleaseVersion:
    """Keep the present content as a version of its own, and owe its catalogue."""
    version = ReleaseVersion(
        release_id=release.id,
        version=release.content_version,
        content=release.content or "",
        check_code=str(release.check_code),
        issued_at=clock.now(),
        erratum=erratum,
    )
    db.session.add(version)
    catalogues.owe(version)
    return version
