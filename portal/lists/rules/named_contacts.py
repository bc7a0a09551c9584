"""When a person may be named for an entry; pure."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.entries import OVER
from portal.lists.terms.ledger import UNDER_WAY


def check_may_name(state: str, life: str, *, anonymous: bool) -> None:
    """Raise Refused for an entry that is over, and for one that hides its publisher."""
    if state in OVER or life not in UNDER_WAY:
        raise Refused(_("This entry is over: nobody is named for it any more"))
    if anonymous:
        raise Refused(
            _("This entry stands without your name: a person named for it would give you away")
        )
