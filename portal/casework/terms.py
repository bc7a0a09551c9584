"""Vocabulary of what waits for officers."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Matter(StrEnum):
    """What kind of thing waits; how each is decided stands in the fixtures."""

    VERIFICATION = "verification"
    CLAIM = "claim"
    IDENTITY_CHANGE = "identity_change"
    SUSPENSION = "suspension"
    REMOVAL = "removal"
    MERGE = "merge"
    TITLE_CHECK = "title_check"
    RECOGNITION = "recognition"
    CONSULTATION = "consultation"
    CONSULTATION_PAPER = "consultation_paper"
    TITLE_STANDING = "title_standing"
    OBJECTION = "objection"
    REVERSAL = "reversal"
    ENTRY = "entry"
    LIST_OPINION = "list_opinion"
    LIST_OPINION_PAPER = "list_opinion_paper"
    LIST_OBJECTION = "list_objection"
    SIGNATURE = "signature"
    ERRATUM = "erratum"


MATTER_NAMES = {
    Matter.VERIFICATION: _l("Registry verification"),
    Matter.CLAIM: _l("Request to act for an enterprise"),
    Matter.IDENTITY_CHANGE: _l("Change of identity"),
    Matter.SUSPENSION: _l("Suspension"),
    Matter.REMOVAL: _l("Removal"),
    Matter.MERGE: _l("Merge of two records"),
    Matter.TITLE_CHECK: _l("Title verification"),
    Matter.RECOGNITION: _l("Application for recognition"),
    Matter.CONSULTATION: _l("Opinion on an application"),
    Matter.CONSULTATION_PAPER: _l("Paper reply on an application"),
    Matter.TITLE_STANDING: _l("Suspension or revocation of a title"),
    Matter.OBJECTION: _l("Objection to a public notice"),
    Matter.REVERSAL: _l("Reversal of a decision"),
    Matter.ENTRY: _l("Entry to select"),
    Matter.LIST_OPINION: _l("Opinion on a list"),
    Matter.LIST_OPINION_PAPER: _l("Paper reply on a list"),
    Matter.LIST_OBJECTION: _l("Objection to a list on notice"),
    Matter.SIGNATURE: _l("Release to sign"),
    Matter.ERRATUM: _l("Change after release"),
}


class Stage(StrEnum):
    """Whose opinion a case waits for."""

    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    REVIEW = "review"
    CONSENT = "consent"
    DECISION = "decision"


STAGE_NAMES = {
    Stage.FIRST_REVIEW: _l("Awaiting first review"),
    Stage.SECOND_REVIEW: _l("Awaiting second review"),
    Stage.REVIEW: _l("Awaiting decision"),
    Stage.CONSENT: _l("Awaiting a second officer’s consent"),
    Stage.DECISION: _l("Awaiting the decision"),
}


CASE_OUTCOME_NAMES = {
    "admit": _l("Admitted to the registry"),
    "return": _l("Returned for correction"),
    "refuse": _l("Request refused"),
    "accept": _l("Request accepted"),
    "withdraw": _l("Withdrawn"),
    "withdrawn": _l("Withdrawn"),
    "consented": _l("Consented to"),
    "declined": _l("Declined"),
    "recognised": _l("Recognised"),
    "no_opinion": _l("No opinion"),
    "opinion": _l("Has an opinion"),
    "no_reply": _l("No reply in time"),
    "unconfirmed": _l("Not confirmed in time"),
    "lapsed": _l("Lapsed, not corrected in time"),
    "upheld": _l("The objection holds"),
    "rejected": _l("The objection does not hold"),
    "struck": _l("The objection holds"),
    "corrected": _l("The objection holds"),
}


class ProofKind(StrEnum):
    """What a file with an objection is: a letter names who wrote it and is sealed with them."""

    PROOF = "proof"
    LETTER = "letter"


class By(StrEnum):
    """Whose turn a stage is: officers of the place, of the city, or either."""

    PLACE = "place"
    CITY = "city"
    ANY = "any"


CASE_ACTS = {
    "open_case": _l("Case opened"),
    "take_case": _l("Case taken"),
    "take_over_case": _l("Case taken over"),
    "release_case": _l("Case released"),
    "advance_case": _l("Case passed on"),
    "close_case": _l("Case closed"),
}
OBJECTION_ACTS = {
    "receive_objection": _l("Objection received"),
    "reveal_objector": _l("Who objects was shown"),
    "handle_objection": _l("Objection decided on"),
}
REASON_ACTS = {
    "add_reason": _l("Reason added"),
    "reword_reason": _l("Reason reworded"),
    "retire_reason": _l("Reason no longer offered"),
}
