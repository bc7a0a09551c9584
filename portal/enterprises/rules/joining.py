"""Pure decisions around becoming a member: addresses, limits, what an ended invitation says."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.rules import normal_mail
from portal.enterprises.terms.record import Outcome, Role
from portal.errors import Refused
from portal.messages.terms import Channel

MOST_OPEN_CLAIMS = 5  # of one person
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
CODE_LENGTH = 16  # 80 bits
LOOKALIKES = str.maketrans("OIL", "011")
MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def read_address(text: str) -> tuple[Channel, str]:
    """Return by which channel somebody is invited, and the address as it is compared.

    Raises Refused at `address` for what is neither a mail address nor a mobile number.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if "@" in plain:
        try:
            return Channel.MAIL, normal_mail(plain)
        except Refused as refusal:
            raise Refused(refusal.message, "address") from refusal
    found = MOBILE.fullmatch(re.sub(r"[\s\-()]", "", plain))
    if found is None:
        raise Refused(_("Enter a complete mail address or an 11-digit mobile number"), "address")
    return Channel.SMS, found[1]


def check_room(open_now: int, most_open: int, sent_today: int, most_a_day: int) -> None:
    """Raise Refused when too many invitations are open or were sent within a day."""
    if open_now >= most_open:
        raise Refused(
            _(
                "%(count)d invitations are open, which is the most: withdraw one first",
                count=open_now,
            )
        )
    if sent_today >= most_a_day:
        raise Refused(
            _(
                "%(count)d invitations were sent within a day, which is the most: go on tomorrow",
                count=sent_today,
            )
        )


def spent_words(
    outcome: str, ended_at: datetime | None, expires_at: datetime, now: datetime
) -> str:
    """Return why an invitation can no longer be accepted and what to do; empty when it can."""
    if ended_at is None and expires_at > now:
        return ""
    words = {
        Outcome.ACCEPTED: _("This invitation has been used: sign in with the account that used it"),
        Outcome.WITHDRAWN: _("This invitation was withdrawn: ask the enterprise if that is wrong"),
        Outcome.DECLINED: _("This invitation was declined: ask for a new one if that is wrong"),
        Outcome.REPLACED: _("This invitation was sent again: use the link of the newest message"),
    }
    expired = _("This invitation has expired: ask the enterprise to send it again")
    return words[Outcome(outcome)] if outcome in words else expired


def check_claimable(is_member: bool, statement: str, open_claims: int) -> None:
    """Raise Refused for a member, an empty statement or too many requests of one person."""
    if is_member:
        raise Refused(_("You act for this enterprise already"))
    if not statement.strip():
        raise Refused(_("Say what you do in the enterprise and who authorised you"), "statement")
    if open_claims >= MOST_OPEN_CLAIMS:
        raise Refused(
            _("%(count)d of your requests are undecided: wait for a decision", count=open_claims)
        )


def check_claim_decision(accepted: bool, role: Role | None, ground: str) -> None:
    """Raise Refused when an acceptance names no role or a refusal no ground."""
    if accepted and role is None:
        raise Refused(_("Choose the role the person gets"), "role")
    if not accepted and not ground.strip():
        raise Refused(_("Give the ground for refusing; the person will read it"), "ground")


def read_code(text: str) -> str:
    """Return a hand-over code as it was issued: capitals, no separators, lookalikes put right."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(LOOKALIKES)
    return "".join(letter for letter in plain if letter in CODE_LETTERS)
