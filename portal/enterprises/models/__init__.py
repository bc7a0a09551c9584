"""The registry's tables."""

from portal.enterprises.models.changes import ChangeRequest, PastFact
from portal.enterprises.models.confirmation import ConfirmationReminder
from portal.enterprises.models.contacts import NamedContact
from portal.enterprises.models.duplicates import LikelyPair
from portal.enterprises.models.figures import Figure, Metric, ShownFigure
from portal.enterprises.models.hand_over import HandOverCode
from portal.enterprises.models.imports import ImportFinding, ImportJob, ImportRow
from portal.enterprises.models.invitations import Invitation, OwnershipOffer
from portal.enterprises.models.members import Claim, Membership
from portal.enterprises.models.merges import Merge
from portal.enterprises.models.presence import ChainItem, Site
from portal.enterprises.models.record import (
    Enterprise,
    EnterpriseName,
    EnterprisePeriod,
    enterprise_pillar,
    is_held_back,
    is_listed,
)
from portal.enterprises.models.review import Submission
from portal.enterprises.models.standing import StandingRequest

__all__ = [
    "ChainItem",
    "ChangeRequest",
    "Claim",
    "ConfirmationReminder",
    "Enterprise",
    "EnterpriseName",
    "EnterprisePeriod",
    "Figure",
    "HandOverCode",
    "ImportFinding",
    "ImportJob",
    "ImportRow",
    "Invitation",
    "LikelyPair",
    "Membership",
    "Merge",
    "Metric",
    "NamedContact",
    "OwnershipOffer",
    "PastFact",
    "ShownFigure",
    "Site",
    "StandingRequest",
    "Submission",
    "enterprise_pillar",
    "is_held_back",
    "is_listed",
]
