"""What the acts on the rows of recognition are called in the trail."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

CALL_ACTS = {
    "opened_recognition_call": _l("Call published"),
    "extended_recognition_call": _l("Call extended"),
    "closed_recognition_call": _l("Call closed early"),
}
APPLICATION_ACTS = {
    "start_application": _l("Application begun"),
    "save_application": _l("Statement changed"),
    "add_document": _l("Document added"),
    "remove_document": _l("Document removed"),
    "submit_application": _l("Application submitted"),
    "withdraw_application": _l("Application withdrawn"),
    "pass_application": _l("Passed on by the first review"),
    "return_application": _l("Application returned for correction"),
    "decline_application": _l("Not recognised"),
    "consult_application": _l("Opinions asked"),
    "reply_consultation": _l("Opinion received"),
    "record_consultation": _l("Paper reply recorded"),
    "confirm_consultation": _l("Paper reply confirmed"),
    "reject_consultation": _l("Paper reply rejected"),
    "propose_application": _l("Proposed for recognition"),
    "lapse_application": _l("Application lapsed"),
    "notice_application": _l("Put on public notice"),
    "contest_application": _l("Objection received"),
    "resume_notice": _l("Notice goes on after an objection"),
    "recognise_application": _l("Recognised"),
    "renew_application": _l("Renewed"),
    "move_application": _l("Moved to another record by a merge"),
    "close_application": _l("Closed: the other record applied under the same call"),
    "resume_application": _l("Goes on after a merge was undone"),
    "propose_reversal": _l("Reversal of the decision proposed"),
    "decline_reversal": _l("Decision stands, reversal declined"),
    "withdraw_reversal": _l("Proposal to reverse taken back"),
    "reverse_application": _l("Recognition reversed"),
    "reopen_application": _l("Decision reversed, reviewed again"),
}
SCORE_ACTS = {"score_application": _l("Score given")}
CONFLICT_ACTS = {"declare_conflict": _l("Conflict of interest declared")}
NOTICE_ACTS = {"publish_notice": _l("Notice published")}
