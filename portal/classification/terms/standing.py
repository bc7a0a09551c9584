"""Vocabulary of suspending, restoring and revoking titles."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Act(StrEnum):
    """What one officer asks for and another consents to."""

    SUSPEND = "suspend"
    RESTORE = "restore"
    REVOKE = "revoke"


ACT_NAMES = {
    Act.SUSPEND: _l("Suspend the title"),
    Act.RESTORE: _l("Restore the title"),
    Act.REVOKE: _l("Revoke the title"),
}
REMINDED_DAYS = (180, 90, 30)  # before the last day of validity
