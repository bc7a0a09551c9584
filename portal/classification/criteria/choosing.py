"""Which version judges an application: the one in force on its date, or kept for re-checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.classification.criteria.nodes import Version


def find_version(
    versions: Iterable[Version], series: str, on: date, recheck: bool = False
) -> Version | None:
    """Return the version of a series for an application on a date, None when none is in force.

    A re-check of a held title is judged by a version that is kept for re-checks on that date,
    where there is one (the 2026 re-checks of little giants: 工信厅企业函〔2026〕117号).
    """
    of_series = [version for version in versions if version.series == series]
    if recheck:
        for version in of_series:
            if version.recheck is not None and version.recheck.covers(on):
                return version
    for version in of_series:
        if version.in_force.covers(on):
            return version
    return None
