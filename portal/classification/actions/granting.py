"""Granting a title of the city itself, as the result of its own procedure."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.classification.actions.titles import enter
from portal.classification.models.titles import Title, TitleKind
from portal.classification.permits import check_recorder
from portal.classification.rules.titles import TitleFacts
from portal.database import action
from portal.enterprises.models import Enterprise
from portal.errors import Refused


@action
def grant_title(actor: Person, enterprise: Enterprise, kind: TitleKind, facts: TitleFacts) -> Title:
    """Grant one of the city's own titles on a decision, whose number is the source's.

    Raises NotAllowed without the right for the kind's lead department or for one's own
    enterprise; Refused for titles the city only records and for facts that cannot be right.
    """
    check_recorder(actor, enterprise, kind)
    if not kind.granted_here:
        raise Refused(_("The city records this title, it does not grant it: there is no call"))
    return enter(actor, enterprise, kind, facts, act="grant_title")
