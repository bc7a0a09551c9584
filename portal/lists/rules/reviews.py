"""When a review sheet is complete, and who may give which part of it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from portal.errors import NotAllowed, Refused
from portal.lists.terms.reviews import CONCLUSIONS_OF, IN_ORDER, PART_NAMES, Conclusion, Part


class Given(NamedTuple):
    """A part as it was given: by whom, with which conclusion, on which content."""

    conclusion: str
    content_code: str
    by_id: int


Sheet = Mapping[str, Given]


def holds(given: Given | None, content_code: str) -> bool:
    """Say whether a part was given on exactly this content and lets it through."""
    return (
        given is not None
        and given.content_code == content_code
        and given.conclusion != Conclusion.OBJECTED
    )


def lacking(sheet: Sheet, content_code: str) -> list[str]:
    """Return every part that is missing, out of date or was not passed, by name."""
    found = [str(PART_NAMES[part]) for part in Part if part not in sheet]
    stale = [
        _("%(part)s (the content changed since)", part=PART_NAMES[part])
        for part in Part
        if part in sheet and sheet[part].content_code != content_code
    ]
    objected = [
        _("%(part)s (not passed)", part=PART_NAMES[part])
        for part in Part
        if part in sheet
        and sheet[part].content_code == content_code
        and sheet[part].conclusion == Conclusion.OBJECTED
    ]
    return [*found, *stale, *objected]


def check_sheet(sheet: Sheet, content_code: str) -> None:
    """Raise Refused, naming every part the sheet lacks."""
    for said in words_of(lacking(sheet, content_code)):
        raise Refused(said)


def words_of(parts: Sequence[str]) -> list[str]:
    """Return the sentence that names the parts a sheet lacks, none when it lacks none."""
    if not parts:
        return []
    return [_("The review sheet is not complete: %(parts)s", parts=_("; ").join(parts))]


def check_conclusion(part: Part, conclusion: Conclusion, ground: str) -> None:
    """Raise Refused for a conclusion this part does not know, or one without its ground."""
    if conclusion not in CONCLUSIONS_OF[part]:
        raise Refused(_("Choose a conclusion"), "conclusion")
    if conclusion != Conclusion.PASSED and not ground.strip():
        raise Refused(_("Give the ground of this conclusion"), "ground")


def check_turn(part: Part, sheet: Sheet, content_code: str) -> None:
    """Raise Refused when a review of the three is to be given before the one it rests on."""
    if part not in IN_ORDER:
        return
    for earlier in IN_ORDER[: IN_ORDER.index(part)]:
        if not holds(sheet.get(earlier), content_code):
            raise Refused(
                _("First comes: %(part)s, on the present content", part=PART_NAMES[earlier])
            )


def check_other_officer(part: Part, sheet: Sheet, content_code: str, officer_id: int) -> None:
    """Raise NotAllowed for an officer who gave another of the three reviews on this content."""
    if part not in IN_ORDER:
        return
    for other in IN_ORDER:
        given = sheet.get(other)
        if other == part or given is None or given.content_code != content_code:
            continue
        if given.by_id == officer_id:
            raise NotAllowed(
                _("You gave the %(part)s: another officer gives this one", part=PART_NAMES[other])
            )
