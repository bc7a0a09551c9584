"""Who objects to a public notice: named, sealed in the database, opened on asking only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts import keys
from portal.errors import Refused
from portal.files import Received


@dataclass(frozen=True)
class Objector:
    """Who objects, as they say, and for whom where not for themselves."""

    name: str
    contact: str
    organisation: str = ""


@dataclass(frozen=True)
class Paper:
    """An objection on paper: on which day it came in, and its scan."""

    received_on: date
    scan: Received


def sealed(use: str, who: Objector) -> str:
    """Return who objects, encrypted under the key of a use."""
    parts = [who.name.strip(), who.contact.strip(), who.organisation.strip()]
    return keys.seal(use, json.dumps(parts))


def unsealed(use: str, text: str) -> Objector:
    """Return who objects; raises Refused for what was sealed under another secret."""
    opened = keys.unseal(use, text)
    if opened is None:
        raise Refused(_("The sealed identity cannot be opened: it was sealed elsewhere"))
    return Objector(*json.loads(opened))
