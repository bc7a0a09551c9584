"""Opinions and public notices of lists: who may open what, and the rows the addresses name."""

from __future__ import annotations

from portal.casework.opinions import ReplyKind
from portal.database import transaction
from portal.lists.actions import replies
from portal.lists.terms.kinds import Kind
from tests import access_letters as may
from tests.lists.factories import LEADS, make_curator
from tests.lists.step_factories import (
    ask,
    make_curating,
    make_objection,
    paper_reply,
    publish,
)

# The release an endpoint is asked about: one others are asked about, and one on notice.
STEPS = {"opinions": "consulting", "remind_bodies": "consulting", "step_back": "consulting"}
STEPS |= {"notice": "noticed"}

TABLE_OF_STEPS = {
    may.EVERYONE: """
        directory.list_notice GET
        directory.list_notices GET
    """,
    may.SIGNED_IN: """
        lists_owner.object_to GET POST
        lists_owner.object_to_list GET POST
    """,
    may.UNKNOWN_INSIDE: """
        lists_owner.objection GET
    """,
    may.CURATOR: """
        lists_bureau.ask_opinions GET POST
        lists_bureau.confirm_opinion POST
        lists_bureau.confirming_opinion GET
        lists_bureau.extend_notice GET POST
        lists_bureau.handle_objection POST
        lists_bureau.keep_notice GET POST
        lists_bureau.publish_notice GET POST
        lists_bureau.record_objection GET POST
        lists_bureau.record_opinion GET POST
        lists_bureau.reject_opinion POST
        lists_bureau.remind_bodies POST
        lists_bureau.reply_opinion POST
        lists_bureau.reveal_objector POST
        lists_bureau.set_asks POST
        lists_bureau.settle_opinion GET POST
        lists_bureau.step_back GET POST
    """,
    may.LISTS: """
        lists_bureau.notice GET
        lists_bureau.objection GET
        lists_bureau.opinion GET
        lists_bureau.opinion_letter_docx GET
        lists_bureau.opinions GET
    """,
}


def step_rows() -> dict[str, int]:
    """Return a round that asks the curator's own body among others, with an opinion and a reply
    on paper to be confirmed, and a notice with an objection."""
    consulting = make_curating(kind=Kind.SUPPLY, year=2028)
    own, other = ask(consulting, [LEADS[0]], ["示例行业协会"]).bodies
    said = replies.Said(ReplyKind.OPINION, "示例意见")
    with paper_reply() as paper, transaction():
        made = replies.record_paper_reply(make_curator("recorder"), other, said, paper)
    noticed = make_curating(opinions=False, year=2029)
    notice = publish(noticed)
    return {
        "consulting": consulting.id,
        "body_id": own.id,
        "reply_id": made.id,
        "opinion_id": made.opinions[0].id,
        "noticed": noticed.id,
        "noticed_entry": noticed.entries[0].id,
        "list_notice_id": notice.id,
        "list_objection_id": make_objection(notice).id,
    }
