"""Vocabulary of the review sheet: its parts and what each concludes."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Part(StrEnum):
    """The parts of a review sheet, in their order."""

    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    FINAL_REVIEW = "final_review"
    SECRECY_REVIEW = "secrecy_review"
    FAIR_COMPETITION = "fair_competition"


PART_NAMES = {
    Part.FIRST_REVIEW: _l("First review"),
    Part.SECOND_REVIEW: _l("Second review"),
    Part.FINAL_REVIEW: _l("Final review"),
    Part.SECRECY_REVIEW: _l("Secrecy review"),
    Part.FAIR_COMPETITION: _l("Fair competition review"),
}


IN_ORDER = (Part.FIRST_REVIEW, Part.SECOND_REVIEW, Part.FINAL_REVIEW)


class Conclusion(StrEnum):
    """What a part of the sheet concludes."""

    PASSED = "passed"
    NOT_APPLICABLE = "not_applicable"
    OBJECTED = "objected"


CONCLUSION_NAMES = {
    Conclusion.PASSED: _l("Passed"),
    Conclusion.NOT_APPLICABLE: _l("Not applicable"),
    Conclusion.OBJECTED: _l("Not passed"),
}


CONCLUSIONS_OF = {
    part: (Conclusion.PASSED, Conclusion.OBJECTED)
    if part != Part.FAIR_COMPETITION
    else tuple(Conclusion)
    for part in Part
}
