"""What makes an address, a password or an attempt acceptable."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from flask_babel import gettext as _

from portal.errors import Refused

MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST_MAIL = 254
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LINK_LIFE = timedelta(hours=24)
RESET_LIFE = timedelta(hours=1)
ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 8
ATTEMPTS_PER_ADDRESS = 40


def normal_mail(text: str) -> str:
    """Return a mail address as it is compared: half width, lower case, no blanks.

    Raises Refused at `mail` when it is not an address.
    """
    mail = unicodedata.normalize("NFKC", text).strip().lower()
    if len(mail) > LONGEST_MAIL or not MAIL.fullmatch(mail):
        raise Refused(_("Enter a complete mail address, such as name@example.com"), "mail")
    return mail


def check_password(password: str, mail: str) -> None:
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
    name = mail.split("@", maxsplit=1)[0].lower()
    if len(set(password)) < 5 or password.lower() in (mail, name) or password.isdigit():
        raise Refused(
            _("This password is easily guessed: use several words, or letters and figures"),
            "password",
        )
