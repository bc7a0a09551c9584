"""What every change of a record does: compare versions, tell the search index."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import outbox
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.records import changed_since
from portal.enterprises.terms import FIELDS
from portal.errors import ChangedSinceOpened


def check_version(enterprise: Enterprise, version: int) -> None:
    """Raise ChangedSinceOpened with the changed fields when the form is out of date."""
    if enterprise.version != version:
        changed = changed_since(enterprise, version)
        raise ChangedSinceOpened(
            _("This record was changed since you opened it: compare and save again"),
            tuple(name for name in changed if name in FIELDS),
        )


def announce(enterprise: Enterprise) -> None:
    """Owe the search index this record's present state."""
    outbox.send("search", key=f"enterprise:{enterprise.id}")
