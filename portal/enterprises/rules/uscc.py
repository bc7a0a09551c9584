"""The unified social credit code (GB 32100-2015): 18 characters, each checked with a reason."""

from __future__ import annotations

import re
import unicodedata

from portal.errors import Refused
from portal.wording import gettext as _

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
AUTHORITIES = "123456789AGNY"  # first character: who registers; letters since 2015
CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+-]?\d{1,3}")
INVISIBLE = re.compile(r"[\s\-\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def clean(text: str) -> str:
    """Return a code in its one written form: half-width capitals, no blanks, no hyphens."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_rounded(text: str) -> bool:
    """Say whether a spreadsheet made a number of a code, of which it keeps fifteen figures."""
    if SCIENTIFIC.fullmatch(text.replace(" ", "")):
        return True
    shortened = len(text) == LENGTH and text.isdigit() and text.endswith("000")
    return shortened and bool(check_fault(text)) and not placeholder_fault(text)


def check(value: str) -> None:
    """Raise Refused at `uscc` with the first thing wrong in a cleaned code.

    The division (characters 3 to 8) says where the code was issued, not where the enterprise
    is, and abolished divisions stay valid: only its form is checked.
    """
    for fault in (
        rounding_fault,
        length_fault,
        alphabet_fault,
        placeholder_fault,
        part_fault,
        check_fault,
    ):
        message = fault(value)
        if message:
            raise Refused(message, "uscc")


def rounding_fault(value: str) -> str:
    """Return that a spreadsheet rounded the code, or nothing."""
    if not is_rounded(value):
        return ""
    return _("A spreadsheet has rounded this code: copy it from the business licence")


def length_fault(value: str) -> str:
    """Return what is wrong with the length, or nothing."""
    if not value:
        return _("Enter the unified social credit code")
    if len(value) == 15 and value.isdigit():
        return _("This is an old 15-digit registration number: enter the 18-character code")
    if len(value) != LENGTH:
        return _(
            "A unified social credit code has 18 characters, this one has %(count)d: complete it",
            count=len(value),
        )
    return ""


def alphabet_fault(value: str) -> str:
    """Return which characters cannot stand in a code, or nothing."""
    wrong = sorted({char for char in value if char not in ALPHABET})
    if not wrong:
        return ""
    return _(
        "A credit code never contains %(characters)s: the letters I, O, S, V and Z are not used,"
        " check for 1, 0, 5, U and 2",
        characters=" ".join(wrong),
    )


def part_fault(value: str) -> str:
    """Return what is wrong with the authority, the division or the whole, or nothing."""
    if value[0] not in AUTHORITIES:
        return _("The first character is not a registering authority: check it")
    if is_identity_card(value):
        return _("This looks like an identity-card number: enter the code of the enterprise")
    if not value[2:8].isdigit() or value[2:8] == "000000":
        return _("Characters 3 to 8 are a division code of six digits: check them")
    return ""


def placeholder_fault(value: str) -> str:
    """Return that the code is a placeholder such as all zeros, or nothing."""
    if len(set(value[8:17])) == 1 or len(set(value)) <= 2:
        return _("This is a placeholder, not a credit code: copy it from the business licence")
    return ""


def check_fault(value: str) -> str:
    """Return that the check character is not right, or nothing."""
    if check_character(value[:17]) != value[17]:
        return _("The check character does not match: compare the last character")
    return ""


def check_character(first_17: str) -> str:
    """Return the check character of the first 17 (weights 3^i mod 31)."""
    total = sum(
        ALPHABET.index(char) * weight for char, weight in zip(first_17, WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]


def is_identity_card(value: str) -> bool:
    """Say whether 18 characters form a resident identity number with a plausible birth date."""
    if not re.fullmatch(r"[1-8]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dX]", value):
        return False
    total = sum(int(d) * weight for d, weight in zip(value[:17], CARD_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == value[17]
