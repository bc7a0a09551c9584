"""When a list on public notice may go on, and where its notice stands; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.steps import NoticeState


class Noticed(NamedTuple):
    """The last notice of a release: its end, the code of what stood on it and of what was said to
    need no new one; the titles against which objections are open, and those to be corrected that
    still read as they did."""

    ends_on: date
    stopped: bool
    content_code: str
    kept_code: str
    contested: Sequence[str] = ()
    uncorrected: Sequence[str] = ()


def state_on(ends_on: date, stopped: bool, today: date) -> NoticeState:
    """Return where a notice stands on a day; its last day belongs to it."""
    if stopped:
        return NoticeState.STOPPED
    return NoticeState.RUNNING if today <= ends_on else NoticeState.ENDED


def lacking(days: int, last: Noticed | None, code: str, today: date) -> list[str]:
    """Return what stands between a list and its signing, a sentence each."""
    if not days:
        return []
    if last is None or last.stopped:
        return [_("The edition asks for a public notice of %(days)d working days", days=days)]
    said = []
    if today <= last.ends_on:
        said.append(
            _(
                "The notice runs until the end of %(day)s: the signing begins the next day"
                " at the earliest",
                day=last.ends_on.isoformat(),
            )
        )
    if last.contested:
        names = _("; ").join(last.contested)
        said.append(_("Objections are being examined: %(names)s", names=names))
    if last.uncorrected:
        names = _("; ").join(last.uncorrected)
        said.append(_("To be corrected after an objection: %(names)s", names=names))
    if code not in (last.content_code, last.kept_code):
        said.append(
            _(
                "The content is not the one that was on notice: publish it anew, or give the"
                " ground why that is not needed"
            )
        )
    return said


def check_noticed(days: int, last: Noticed | None, code: str, today: date) -> None:
    """Raise Refused while the public notice an edition asks for is not over and clean."""
    if said := lacking(days, last, code, today):
        raise Refused(_("; ").join(said))


def check_extendable(ends_on: date, stopped: bool, today: date) -> None:
    """Raise Refused unless the notice still runs."""
    if state_on(ends_on, stopped, today) != NoticeState.RUNNING:
        raise Refused(_("Only a notice that still runs can be extended: publish a new one"))


def check_kept(code: str, content_code: str, kept_code: str, stopped: bool) -> None:
    """Raise Refused where a notice was stopped, or nothing differs from it."""
    if stopped:
        raise Refused(_("The notice was stopped: a new one is needed"))
    if code in (content_code, kept_code):
        raise Refused(_("Nothing differs from what was on notice: no ground is needed"))


def check_length(days: int, asked: int) -> None:
    """Raise Refused for a notice shorter than the edition asks for."""
    if days < asked:
        raise Refused(_("The edition asks for at least %(days)d working days", days=asked), "days")
