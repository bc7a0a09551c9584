"""What makes an address, a password or an attempt acceptable."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from portal.accounts.terms import IdentifierKind
from portal.errors import Refused

MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST_MAIL = 254
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
PHONE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
PHONE_FILLING = re.compile(r"[\s().\-\u2010-\u2015]")
LINK_LIFE = timedelta(hours=24)
RESET_LIFE = timedelta(hours=1)
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
SECOND_STEP_LIFE = timedelta(minutes=10)
RECOVERY_LIFE = timedelta(hours=1)
RECOVERY_CODES = 10


def normal_mail(text: str, field: str = "mail") -> str:
    """Return a mail address as it is compared: half width, lower case, no blanks.

    Raises Refused at `field` when it is not an address.
    """
    mail = unicodedata.normalize("NFKC", text).strip().lower()
    if len(mail) > LONGEST_MAIL or not MAIL.fullmatch(mail):
        raise Refused(_("Enter a complete mail address, such as name@example.com"), field)
    return mail


def normal_phone(text: str, field: str = "phone") -> str:
    """Return a mainland mobile number as +86 and 11 figures, however it was typed.

    Raises Refused at `field` when it is none.
    """
    found = PHONE.fullmatch(PHONE_FILLING.sub("", unicodedata.normalize("NFKC", text)))
    if found is None:
        raise Refused(_("Enter a mainland mobile number of 11 figures"), field)
    return "+86" + found.group(1)


def normal_account(text: str) -> tuple[IdentifierKind, str]:
    """Return kind and normal form of what somebody is known by: a mobile number or a mail
    address. Raises Refused at `account` when it is neither."""
    plain = unicodedata.normalize("NFKC", text)
    if "@" in plain:
        return IdentifierKind.MAIL, normal_mail(plain, "account")
    if re.search("[0-9]", plain) and not re.search("[A-Za-z]", plain):
        return IdentifierKind.PHONE, normal_phone(plain, "account")
    raise Refused(
        _("Enter a mobile number of 11 figures or a mail address, such as name@example.com"),
        "account",
    )


def plain_code(text: str) -> str:
    """Return a code as it is compared: half width, capitals, without blanks and hyphens."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", text)).upper()


def check_password(password: str, account: str) -> None:
    """Raise Refused at `password` for a password too short, too long or too easily guessed."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            _("Use at least %(count)d characters for the password", count=SHORTEST_PASSWORD),
            "password",
        )
    if len(password) > LONGEST_PASSWORD:
        raise Refused(
            _("Use at most %(count)d characters for the password", count=LONGEST_PASSWORD),
            "password",
        )
    name = account.split("@", maxsplit=1)[0].lower()
    if len(set(password)) < 5 or password.lower() in (account, name) or password.isdigit():
        raise Refused(
            _("This password is easily guessed: use several words, or letters and figures"),
            "password",
        )


LONGEST_LEAVE = timedelta(days=366)


def is_in_force(
    day: date, valid_from: date, valid_until: date | None, ended_at: datetime | None
) -> bool:
    """Say whether something given from a first to a last day (None: no last) holds on a day."""
    return ended_at is None and valid_from <= day and (valid_until is None or day <= valid_until)


def overlap(
    first_from: date, first_until: date | None, second_from: date, second_until: date | None
) -> bool:
    """Say whether two spans of days share one; None is without end."""
    return (second_until is None or first_from <= second_until) and (
        first_until is None or second_from <= first_until
    )


def check_span(valid_from: date, valid_until: date | None, today: date) -> None:
    """Raise Refused for days that are over or in the wrong order."""
    if valid_until is None:
        return
    if valid_until < valid_from:
        raise Refused(_("The last day is before the first: exchange them"), "valid_until")
    if valid_until < today:
        raise Refused(_("The last day is over already: enter a day to come"), "valid_until")


def check_leave(valid_from: date, valid_until: date, today: date) -> None:
    """Raise Refused for a deputy's days that are over, reversed, begun or longer than a year."""
    check_span(valid_from, valid_until, today)
    if valid_from < today:
        raise Refused(_("A deputy cannot begin before today: enter today or later"), "valid_from")
    if valid_until - valid_from > LONGEST_LEAVE:
        raise Refused(_("A deputy is set for a year at most: shorten the time"), "valid_until")


def check_reason(reason: str) -> str:
    """Return a reason without blanks around it; raises Refused at `reason` when it is empty."""
    if not reason.strip():
        raise Refused(_("Give the reason; it stays in the history"), "reason")
    return reason.strip()


def identifier_forms(text: str) -> list[str]:
    """Return the forms in which a whole mail address or phone number typed by somebody may be
    kept: as a mail address in its one form, as a phone with and without the country's prefix."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    digits = re.sub(r"[\s\-()]", "", plain)
    forms = [plain] if MAIL.fullmatch(plain) else []
    if re.fullmatch(r"\+?\d{7,15}", digits):
        bare = digits.removeprefix("+").removeprefix("0086").removeprefix("86")
        forms += [digits, bare, f"+86{bare}"]
    return forms
