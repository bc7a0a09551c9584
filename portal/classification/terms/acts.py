"""What the acts on titles and rule versions are called in the trail."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

TITLE_ACTS = {
    "record_title": _l("Recorded and verified"),
    "take_over_title": _l("Taken over from before the portal"),
    "correct_title": _l("Corrected"),
    "withdraw_title": _l("Withdrawn"),
    "ask_suspend_title": _l("Suspension asked for"),
    "ask_restore_title": _l("Restoration asked for"),
    "ask_revoke_title": _l("Revocation asked for"),
    "suspend_title": _l("Suspended"),
    "restore_title": _l("Restored"),
    "revoke_title": _l("Revoked"),
    "decline_title_request": _l("Consent declined"),
    "withdraw_title_request": _l("Request about the title taken back"),
    "grant_title": _l("Granted by the city"),
    "take_back_title": _l("Recognition reversed"),
    "issue_certificate": _l("Certificate issued"),
    "make_certificate": _l("Certificate made"),
    "move_title": _l("Moved to the record that remains after a merge"),
}
CLAIM_ACTS = {
    "claim_title": _l("Title claimed"),
    "settle_claim": _l("Claim settled"),
    "move_claim": _l("Moved to another record by a merge"),
    "reopen_claim": _l("Open again after a merge was undone"),
}
LIST_ACTS = {
    "read_list": _l("List handed in"),
    "list_checked": _l("List checked"),
    "list_failed": _l("List could not be read"),
    "record_list": _l("Recording of the list confirmed"),
    "list_recorded": _l("List put on record"),
    "undo_list": _l("Undoing of the list begun"),
    "list_undone": _l("List taken back"),
    "discard_list": _l("List thrown away"),
    "settle_rest": _l("Rows without a match settled together"),
    "settle_row": _l("Row settled, or waiting again"),
}
VERSION_ACTS = {
    "draft_version": _l("Drafted"),
    "save_version": _l("Draft saved"),
    "propose_version": _l("Proposed"),
    "put_version_in_force": _l("Put in force"),
    "reject_version": _l("Rejected"),
    "discard_version": _l("Discarded"),
    "end_version": _l("End set"),
    "try_version": _l("Tried on the registry"),
    "forget_trial": _l("Trial deleted, its time of keeping over"),
}
