"""The stored rule versions by which a title is applied for."""

from __future__ import annotations

from datetime import date

from portal.classification.queries.versions import (
    InForce,
    find_version_for,
    get_rule_version,
    versions_put_in_force,
)
from portal.classification.terms.versions import Purpose
from portal.errors import NotFound
from portal.recognition.models import RecognitionApplication


def versions_for(kind_slug: str, on: date) -> list[InForce]:
    """Return the versions of a title that judge on a day or later, the newest first."""
    found = [
        one
        for one in versions_put_in_force()
        if one.version.title == kind_slug
        and (one.version.in_force.end is None or one.version.in_force.end >= on)
    ]
    return sorted(found, key=lambda one: one.version.in_force.begin, reverse=True)


def get_version(slug: str) -> InForce:
    """Return a version that was put in force; raises NotFound."""
    for one in versions_put_in_force():
        if one.slug == slug:
            return one
    raise NotFound


def version_at(application: RecognitionApplication, on: date) -> InForce | None:
    """Return the version of the call's series in force on a day, None when none is; a renewal is
    judged by the one kept for re-checks, where there is one."""
    purpose = Purpose.RECHECK if application.renews is not None else Purpose.APPLICATION
    series = get_rule_version(application.call.rule_version).series
    return find_version_for(series, on, purpose)
