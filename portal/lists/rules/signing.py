"""Whose turn it is to sign: a list led by several bodies needs the sign-off of each, in
their order (会签)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused


def next_to_sign(leads: Sequence[int], in_force: frozenset[int]) -> int | None:
    """Return the lead body whose turn it is, in their order; None when all have signed."""
    return next((lead for lead in leads if lead not in in_force), None)


def check_turn(lead: int, leads: Sequence[int], in_force: frozenset[int]) -> None:
    """Raise Refused for a body that does not lead, has signed, or must wait for one before it."""
    if lead not in leads:
        raise Refused(_("This body does not lead the edition: it does not sign"))
    if lead in in_force:
        raise Refused(_("This body has signed this content already"))
    if next_to_sign(leads, in_force) != lead:
        raise Refused(_("The lead bodies sign in order: the one before this has not signed yet"))


def check_paper_date(signed_on: date, frozen_on: date, today: date) -> None:
    """Raise Refused at `signed_on` for a paper signed before the content was, or tomorrow."""
    if signed_on > today:
        raise Refused(_("The date of signing is still to come: check it"), "signed_on")
    if signed_on < frozen_on:
        raise Refused(
            _(
                "The content to sign was fixed on %(day)s: a paper signed earlier"
                " cannot stand for it",
                day=frozen_on.isoformat(),
            ),
            "signed_on",
        )
