"""Granting a title of the city itself as the result of its own procedure, and taking it back."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.actions.assessments import owe
from portal.classification.actions.certificates import issue
from portal.classification.actions.titles import (
    check_nothing_asked,
    enter,
    is_revoked,
    supersede,
)
from portal.classification.models.titles import Title, TitleKind
from portal.classification.permits import check_recorder, office_of
from portal.classification.rules.titles import TitleFacts
from portal.database import action
from portal.enterprises.actions.records import announce
from portal.enterprises.models import Enterprise
from portal.errors import Refused


@action
def grant_title(actor: Person, enterprise: Enterprise, kind: TitleKind, facts: TitleFacts) -> Title:
    """Grant one of the city's own titles on a decision, whose number is the source's, and issue
    its certificate.

    Raises NotAllowed without the right for the kind's lead department or for one's own
    enterprise; Refused for titles the city only records and for facts that cannot be right.
    """
    check_recorder(actor, enterprise, kind)
    if not kind.granted_here:
        raise Refused(_("The city records this title, it does not grant it: there is no call"))
    title = enter(actor, enterprise, kind, facts, act="grant_title")
    issue(actor, title)
    return title


@action
def take_back_title(actor: Person, title: Title, ground: str) -> None:
    """End what is known of a title whose decision is reversed: it never held, as known from now
    on; what was known before stays told.

    Raises NotAllowed, Refused while a request for it waits and once it is revoked.
    """
    check_recorder(actor, title.enterprise, title.kind)
    check_nothing_asked(title)
    if is_revoked(title, clock.today()):
        raise Refused(_("The title is revoked: its recognition is not reversed besides"))
    supersede(actor, title, ground)
    audit.record(actor, "take_back_title", title, note=ground, office=office_of(title.kind))
    announce(title.enterprise)
    owe(enterprises=[title.enterprise_id])  # its pre-checks read the titles in force
