"""When the opinions asked for are complete; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from portal.casework.opinions import ReplyKind
from portal.errors import Refused


class Answer(NamedTuple):
    """How a body stands in a round: by name, whether it answered, whether that is confirmed, how
    many of its opinions are to be settled."""

    name: str
    replied: bool
    confirmed: bool
    unsettled: int


class Round(NamedTuple):
    """A round of opinions: until when, with the answers, and whether it was broken off."""

    due_on: date
    answers: Sequence[Answer]
    stopped: bool = False


def check_bodies(names: Sequence[str]) -> None:
    """Raise Refused unless somebody is asked, each once."""
    if not names:
        raise Refused(_("Choose a body, or write the name of one"), "bodies")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(_("Named twice: %(names)s", names=_("; ").join(twice)), "others")


def missing(found: Round, today: date) -> list[str]:
    """Return what a round still lacks, a sentence each; silence after the due day lacks nothing."""
    awaited = [one.name for one in found.answers if not one.replied and today <= found.due_on]
    unread = [one.name for one in found.answers if one.replied and not one.confirmed]
    unsettled = sum(one.unsettled for one in found.answers)
    said = []
    if awaited:
        day = found.due_on.isoformat()
        names = _("; ").join(awaited)
        said.append(_("Opinions are still awaited: %(names)s, until %(day)s", names=names, day=day))
    if unread:
        names = _("; ").join(unread)
        said.append(_("Paper replies wait for a second officer: %(names)s", names=names))
    if unsettled:
        said.append(_("Opinions to settle: %(count)d", count=unsettled))
    return said


def lacking(asked: bool, last: Round | None, today: date) -> list[str]:
    """Return what stands between a list and its signing, a sentence each."""
    if not asked:
        return []
    if last is None or last.stopped:
        return [_("The edition asks for the opinion of other bodies: ask them first")]
    return missing(last, today)


def check_consulted(asked: bool, last: Round | None, today: date) -> None:
    """Raise Refused while the opinions an edition asks for are not complete."""
    if said := lacking(asked, last, today):
        raise Refused(_("; ").join(said))


def check_grounds(
    kind: str, overall: str, by_entry: Mapping[int, str]
) -> list[tuple[int | None, str]]:
    """Return the opinions of an answer, of the whole list first; raises Refused for an opinion
    without any ground and for grounds with 无意见."""
    found: list[tuple[int | None, str]] = [(None, overall.strip())] if overall.strip() else []
    found += [(entry, text.strip()) for entry, text in by_entry.items() if text.strip()]
    if kind == ReplyKind.OPINION and not found:
        raise Refused(_("Give the ground, for the whole list or beside an entry"), "ground")
    if kind == ReplyKind.NO_OPINION and found:
        raise Refused(_("With “no opinion” no ground is given: choose one or the other"), "reply")
    return found
