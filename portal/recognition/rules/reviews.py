"""Pure decisions of the review: enough scores are in."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.errors import Refused


def check_enough_scores(given: int, needed: int) -> None:
    """Raise Refused while fewer officers than the call asks for have given their score."""
    if given < needed:
        raise Refused(
            _(
                "%(needed)d officers give their score first; so far %(given)d did",
                needed=needed,
                given=given,
            ),
            "decision",
        )
