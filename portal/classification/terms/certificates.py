"""Vocabulary of certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

OWNER_KIND = "title_certificate"  # of its file among the stored files
STATED = {
    "name": _l("Enterprise"),
    "uscc": _l("Credit code"),
    "title": _l("Title granted"),
    "level": _l("Level"),
    "number": _l("Number"),
    "basis": _l("Basis"),
    "granted_on": _l("Granted on"),
    "valid_from": _l("Valid from"),
    "valid_until": _l("Valid until"),
    "department": _l("Issuing department"),
    "sample": _l("Sample"),
}
