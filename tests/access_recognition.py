"""Endpoints of recognition by the audience that may use them, and the rows they name."""

from __future__ import annotations

from werkzeug.routing import Rule

from portal.accounts.models import Person
from portal.casework.objectors import Objector
from portal.enterprises.models import Enterprise
from portal.recognition.actions import applications, notices, objections, reversals
from portal.recognition.queries.applications import documents_in
from portal.recognition.queries.reviews import consultations_of
from portal.recognition.terms.applications import Step
from tests import access_letters as may
from tests.factories import make_person
from tests.recognition.factories import (
    ask,
    decide,
    hand_in,
    make_call,
    make_scored,
    recogniser,
    record_paper_reply,
)

TABLE_OF_RECOGNITION = {
    may.EVERYONE: """
        directory.recognition GET
        directory.check_title GET
        directory.recognition_call GET
        directory.recognition_notice GET
    """,
    may.SIGNED_IN: """
        recognition_owner.applications GET
        recognition_owner.apply GET POST
        recognition_owner.object_to GET POST
    """,
    may.MEMBER: """
        recognition_owner.application GET
    """,
    may.EDITS: """
        recognition_owner.add_document POST
        recognition_owner.remove_document GET POST
        recognition_owner.save_application POST
        recognition_owner.submit_application POST
        recognition_owner.withdraw_application GET POST
    """,
    may.UNKNOWN: """
        directory.checked_title GET
    """,
    may.UNKNOWN_INSIDE: """
        recognition_owner.objection GET
    """,
    may.TITLES: """
        recognition_bureau.application GET
        recognition_bureau.objection GET
        recognition_bureau.reversal GET
        recognition_bureau.call GET
        recognition_bureau.calls GET
        recognition_bureau.consultation GET
    """,
    may.RECOGNISER: """
        recognition_bureau.decide_application POST
        recognition_bureau.declare_conflict POST
        recognition_bureau.decision GET POST
        recognition_bureau.decide_reversal POST
        recognition_bureau.ask_reversal GET POST
        recognition_bureau.handle_objection POST
        recognition_bureau.new_notice GET POST
        recognition_bureau.record_objection GET POST
        recognition_bureau.reveal_objector POST
        recognition_bureau.reply_consultation POST
        recognition_bureau.close_call GET POST
        recognition_bureau.confirm_reply POST
        recognition_bureau.confirming_reply GET
        recognition_bureau.reject_reply POST
        recognition_bureau.extend_call GET POST
        recognition_bureau.new_call GET POST
        recognition_bureau.record_reply GET POST
        recognition_bureau.score_application POST
    """,
    may.CITY: """
        recognition_bureau.withdraw_reversal POST
    """,
}


def application_for(rule: Rule) -> str:
    """Return which of the applications an endpoint is asked about."""
    if rule.endpoint.endswith((".object_to", ".record_objection")):
        return "noticed_application"
    own = rule.endpoint.startswith("recognition_owner")
    return "draft_application" if own else "asked_application"


def recognition_rows(member: Person, active: Enterprise) -> dict[str, int | str]:
    """Return a call, the enterprise's draft with a document, and another's application about
    which the recogniser's department was asked."""
    call = make_call()
    draft = applications.start(member, call, active)
    hand_in(draft, member)
    asked = make_scored(95, call)
    ask(asked, "meishan-sci", "meishan-market")
    noticed = make_scored(96, call)
    decide(noticed, recogniser(), Step.PROPOSE, opinion="同意")
    notice = notices.publish_notice(recogniser(), call, [noticed], "")
    objector = make_person("objector@example.com")
    who = Objector("示例", "示例")
    objection = objections.object_to(objector, notice, noticed, who, "示例")
    declined = make_scored(97, call)
    ask(declined, "meishan-sci")
    decide(declined, recogniser(), Step.DECLINE, opinion="示例")
    reversal = reversals.propose(recogniser(), declined, declined.version, "示例")
    return {
        "call_id": call.id,
        "notice_id": notice.id,
        "noticed_application": noticed.id,
        "objection_id": objection.id,
        "reversal_id": reversal.id,
        "draft_application": draft.id,
        "document": documents_in(draft)["document-1"][0].name,
        "asked_application": asked.id,
        "consultation_id": consultations_of(asked.id)[0].id,
        "title_reply_id": record_paper_reply(consultations_of(asked.id)[1]).id,
    }
