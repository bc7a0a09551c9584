"""What waits for officers: one case a thing, its stage, its clock, and who has taken it."""

from portal.casework.actions import (
    advance,
    close_case,
    note_decision,
    office_in,
    open_case,
    redirect_case,
    release,
    resume_clock,
    stop_clock,
    take,
    take_over,
)
from portal.casework.conflicts import conflict_rule
from portal.casework.letters import Addressee, Contents, write_letter
from portal.casework.models import CannedReason, Case, CaseDecision, Letter
from portal.casework.permits import check_may_decide
from portal.casework.procedures import load_procedures
from portal.casework.queries import decisions_of, find_case, get_case
from portal.casework.terms import Matter, Stage

__all__ = [
    "Addressee",
    "CannedReason",
    "Case",
    "CaseDecision",
    "Contents",
    "Letter",
    "Matter",
    "Stage",
    "advance",
    "check_may_decide",
    "close_case",
    "conflict_rule",
    "decisions_of",
    "find_case",
    "get_case",
    "load_procedures",
    "note_decision",
    "office_in",
    "open_case",
    "redirect_case",
    "release",
    "resume_clock",
    "stop_clock",
    "take",
    "take_over",
    "write_letter",
]
