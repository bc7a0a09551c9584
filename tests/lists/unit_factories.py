"""Units of a call and what they hand in, made through the actions officers use."""

from __future__ import annotations

import io
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from portal import files
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.lists.actions.submissions import hand_in, hand_in_nil
from portal.lists.actions.units import add_units
from portal.lists.models import AddresseeUnit, Release, UnitSubmission
from portal.lists.queries.units import find_unit, get_unit
from portal.taxonomy.queries import get_department
from tests.files.factories import upload
from tests.lists.factories import make_curator, make_sender, officer
from tests.scenes import scene

SCIENCE = "meishan-sci"
DISTRICT = "gov-dongpo"


@scene
def make_district_sender(slug: str = DISTRICT) -> Person:
    """Return an officer who hands in for a district."""
    return officer(f"sender-{slug}", Right.CURATE_LISTS, slug)


@scene
def make_unit(
    release: Release, slug: str = SCIENCE, *, expected: int = 2, due_on: date | None = None
) -> AddresseeUnit:
    """Return a unit the call is addressed to."""
    body = get_department(slug)
    add_units(make_curator(), release, [body], expected, due_on)
    found = find_unit(release.id, body.id)
    assert found is not None
    return get_unit(found.id)


@scene
def handed_in(unit: AddresseeUnit, actor: Person | None = None) -> UnitSubmission:
    """Hand in for a unit with a scan."""
    stream, name = upload(name="盖章报送件.pdf")
    with ExitStack() as stack:
        scan = stack.enter_context(
            files.receiving(Path(current_app.config["FILES"]), stream, name, field="scan")
        )
        return hand_in(actor or make_sender(), unit, unit.version, scan)


@scene
def nil(unit: AddresseeUnit, actor: Person | None = None) -> UnitSubmission:
    """Hand in a nil return."""
    return hand_in_nil(actor or make_sender(), unit, unit.version, "本年度无此类需求。")


def scan_file() -> dict[str, Any]:
    """Return the scan as a form sends it."""
    stream, name = upload(name="盖章报送件.pdf")
    return {"scan": (io.BytesIO(stream.read()), name)}
