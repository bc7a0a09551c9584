"""Whether an enterprise may apply under a call now, and which title that would renew."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import clock
from portal.classification.models.titles import Title
from portal.classification.queries.granted import find_present
from portal.classification.queries.standing import bans_of
from portal.classification.queries.titles import held_now, titles_of
from portal.classification.terms.titles import Standing
from portal.enterprises.models import Enterprise
from portal.errors import Refused
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries.applications import find_live
from portal.recognition.rules import renewals as rules


def check_first(call: RecognitionCall, enterprise: Enterprise) -> None:
    """Raise Refused when the enterprise applied under this call already."""
    found = find_live(call.id, enterprise.id)
    if found is not None:
        raise Refused(
            _(
                "The enterprise has an application under this call already (%(number)s):"
                " open that one. Only after withdrawing it may it apply again",
                number=found.number or _("draft"),
            ),
            "enterprise",
        )


def title_to_renew(call: RecognitionCall, enterprise: Enterprise) -> Title | None:
    """Return the title an application would renew, None for one that applies for it anew.

    Raises Refused for an enterprise outside the registry, barred by a revocation, or holding the
    title outside the time of its renewal.
    """
    check_active(enterprise)
    ban = bans_of(call.kind_id, [enterprise.id]).get(enterprise.id)
    rules.check_not_barred(ban, clock.today())
    held = [one for one in titles_of(enterprise.id) if one.title.kind_id == call.kind_id]
    standings = [(str(one.standing), one.title.number) for one in held]
    rules.check_applicable(standings, renewals_only=call.renewals_only)
    ending = (one.title for one in held if one.standing == Standing.EXPIRING)
    return next(ending, None)


def check_active(enterprise: Enterprise) -> None:
    """Raise Refused for an enterprise that is not in the registry now."""
    if not enterprise.is_public:
        raise Refused(
            _(
                "Only enterprises in the registry may apply: this one is not, or is suspended."
                " See the page of its record",
            ),
            "enterprise",
        )


def get_renewed(application: RecognitionApplication) -> Title:
    """Return the title a renewal is about as it is on record now; raises Refused when it no
    longer stands: suspended, revoked or taken back."""
    assert application.renews is not None
    title = find_present(application.renews)
    gone = (Standing.SUSPENDED, Standing.REVOKED)
    if title is None or held_now(title).standing in gone:
        raise Refused(
            _("The title to be renewed is suspended, revoked or taken back: it cannot be renewed")
        )
    return title
