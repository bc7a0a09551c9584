"""Answering by number and code, for those who do not open links in an SMS."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts import keys
from portal.accounts.rules import normal_phone, plain_code
from portal.accounts.terms import Act
from portal.accounts.throttle import count_attempt
from portal.database import action
from portal.enterprises.actions.contacts import COUNTRY
from portal.enterprises.queries.presence import awaiting_code
from portal.errors import Refused


def enter_code(phone: str, code: str, origin: str) -> str:
    """Return the digest of the link of whoever was sent this code at this number; it is spent.

    Raises Throttled, Refused at `phone` for what is no number, and at `code` in the same words
    whether the number was never asked or the code is wrong, used, run out or tried too often.
    """
    number = normal_phone(phone).removeprefix(COUNTRY)
    count_attempt(Act.ANSWER_CONTACT, number, origin)
    found = spend_code(number, plain_code(code))
    if not found:
        raise Refused(
            _(
                "Number and code do not belong together, or the code no longer works."
                " Check both; after 3 days or 5 tries only the link in the SMS works."
            ),
            "code",
        )
    return found


@action
def spend_code(phone: str, code: str) -> str:
    """Use up the code and return its link's digest; a wrong one counts as a try of each open."""
    asked = awaiting_code(phone)
    for contact in asked:
        if keys.is_digest("contact", f"{contact.id}:{code}", contact.code_digest or ""):
            contact.code_digest = contact.code_until = None
            return contact.token_digest or ""
    for contact in asked:
        contact.code_tries += 1
    return ""
