"""What the acts on editions, releases and entries are called in the trail."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

EDITION_ACTS = {"open_edition": _l("Edition planned"), "open_release": _l("Release planned")}


RELEASE_ACTS = {
    "describe_release": _l("Document number and date set"),
    "write_call": _l("Call written"),
    "open_call": _l("Call opened"),
    "extend_call": _l("Call extended"),
    "supplement_call": _l("Call supplemented"),
    "close_call": _l("Call closed"),
    "remove_unit": _l("Unit taken out of the call"),
    "start_curating": _l("Selection begun"),
    "set_asks": _l("Steps before the signing set"),
    "ask_opinions": _l("Opinion of other bodies asked"),
    "publish_notice": _l("Put the list on public notice"),
    "step_back": _l("Taken back to the selection"),
    "order_entries": _l("Entries put in order"),
    "look_at_links": _l("Links to be looked at"),
    "give_review": _l("Part of the review sheet given"),
    "enter_cosign": _l("Content fixed for signing"),
    "reopen_release": _l("Reopened, signatures void"),
    "cancel_release": _l("Cancelled"),
    "sign_release": _l("Signed in the system"),
    "record_paper_sign_off": _l("Paper sign-off recorded"),
    "confirm_sign_off": _l("Paper sign-off confirmed"),
    "reject_sign_off": _l("Paper sign-off rejected"),
    "schedule_release": _l("Scheduled"),
    "unschedule_release": _l("Taken off the schedule"),
    "hold_release": _l("Held back"),
    "publish_release": _l("Made public"),
    "make_catalogue": _l("Catalogue made"),
    "archive_release": _l("Archived"),
    "keep_document": _l("Scanned document kept"),
    "ask_waiver": _l("Asked to go on without every outcome"),
    "consent_to_waiver": _l("Consented to going on without every outcome"),
}


ENTRY_ACTS = {
    "start_entry": _l("Draft opened"),
    "continue_entry": _l("Carried on from an earlier year"),
    "save_entry": _l("Entry saved"),
    "submit_entry": _l("Entry sent in"),
    "withdraw_entry": _l("Entry withdrawn"),
    "recall_entry": _l("Taken back with its unit’s submission"),
    "forward_entry": _l("Forwarded by a unit with its opinion"),
    "accept": _l("Accepted"),
    "return": _l("Returned for correction"),
    "decline": _l("Declined"),
    "propose_wording": _l("Public wording proposed"),
    "answer_wording": _l("Public wording answered"),
    "decide_wording": _l("Public wording decided without consent"),
    "drop_wording": _l("Public wording given up"),
    "merge_entry": _l("Merged into another entry"),
    "split_entry": _l("Split into parts"),
    "become_part": _l("Made as a part of another entry"),
    "undo_tie": _l("Merging or splitting undone"),
    "let_finding_stand": _l("Finding of the proof report let stand"),
    "score_entry": _l("Score given"),
    "declare_entry_conflict": _l("Conflict of interest declared"),
    "reconsider_entry": _l("Decision taken back"),
    "move_entry": _l("Moved to the record that remains after a merge"),
    "mark_life": _l("Outcome published"),
    "confirm_open": _l("Confirmed as still open"),
    "ask_still_open": _l("Asked whether it is still open"),
}
ERRATUM_ACTS = {
    "propose_erratum": _l("Change after release proposed"),
    "issue_erratum": _l("Change after release issued"),
    "reject_erratum": _l("Change after release not consented to"),
}
QUESTION_ACTS = {
    "ask_question": _l("Question asked"),
    "answer_question": _l("Question answered"),
}
