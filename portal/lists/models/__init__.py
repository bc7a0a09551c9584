"""The tables of the annual lists, by subject."""

from portal.lists.models.bulk import BulkDecision
from portal.lists.models.calls import DraftReminder, ListCall, ListCallEvent
from portal.lists.models.catalogues import ReleaseCatalogue
from portal.lists.models.editions import Edition, EditionBody, Release
from portal.lists.models.entries import Entry, EntryDecision
from portal.lists.models.errata import Erratum, ReleaseVersion
from portal.lists.models.ledger import EntryOutcome, LedgerWaiver, StillOpen
from portal.lists.models.lines import EntryLine
from portal.lists.models.notices import NoticeObjection, ReleaseNotice
from portal.lists.models.opinions import (
    BodyOpinion,
    BodyReply,
    ConsultationRound,
    ConsultedBody,
)
from portal.lists.models.proofs import LinkCheck, ProofDecision
from portal.lists.models.questions import EntryQuestion
from portal.lists.models.reviews import ReleaseReview
from portal.lists.models.scores import EntryConflict, EntryScore
from portal.lists.models.sheets import EntrySheet, EntrySheetRow
from portal.lists.models.signing import SignOff
from portal.lists.models.subtypes import EntrySubtype
from portal.lists.models.ties import EntryTie
from portal.lists.models.units import AddresseeUnit, EntryForwarding, UnitSubmission
from portal.lists.models.wordings import EntryWording

__all__ = [
    "AddresseeUnit",
    "BodyOpinion",
    "BodyReply",
    "BulkDecision",
    "ConsultationRound",
    "ConsultedBody",
    "DraftReminder",
    "Edition",
    "EditionBody",
    "Entry",
    "EntryConflict",
    "EntryDecision",
    "EntryForwarding",
    "EntryLine",
    "EntryOutcome",
    "EntryQuestion",
    "EntryScore",
    "EntrySheet",
    "EntrySheetRow",
    "EntrySubtype",
    "EntryTie",
    "EntryWording",
    "Erratum",
    "LedgerWaiver",
    "LinkCheck",
    "ListCall",
    "ListCallEvent",
    "NoticeObjection",
    "ProofDecision",
    "Release",
    "ReleaseCatalogue",
    "ReleaseNotice",
    "ReleaseReview",
    "ReleaseVersion",
    "SignOff",
    "StillOpen",
    "UnitSubmission",
]
