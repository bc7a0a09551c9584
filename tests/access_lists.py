"""Who may open what of the annual lists' officers' pages."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from flask import current_app

from portal import files
from portal.accounts.models import Person
from portal.enterprises.models import Enterprise
from portal.files import StoredFile
from portal.lists.actions.calls import add_call_file
from portal.lists.actions.documents import keep_issued_document
from portal.lists.actions.errata import propose_withdrawal
from portal.lists.actions.named_contacts import name_contact
from portal.lists.actions.publication import publish
from portal.lists.actions.questions import ask
from portal.lists.actions.waivers import ask_waiver
from portal.lists.models import Release
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import Purpose
from tests import access_letters as may
from tests.files.factories import upload
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)

OWN_PUBLISHED = {"life", "report_life", "confirm_open", "questions", "entry_contacts"}
OWN_PUBLISHED |= {"name_entry_contact", "ask_entry_contact_again", "remove_entry_contact"}
AFTER = {"errata", "archive", "release_correction", "release_withdrawal"}
PUBLISHED = {"correction", "propose_correction", "entry_withdrawal"}

TABLE_OF_LISTS = {
    may.SIGNED_IN: """
        lists_owner.ask_question POST
        lists_owner.asking GET
    """,
    may.MEMBER: """
        lists_owner.entry_contacts GET
        lists_owner.life GET
        lists_owner.question GET
        lists_owner.questions GET
    """,
    may.EDITS: """
        lists_owner.answer_question POST
        lists_owner.ask_entry_contact_again POST
        lists_owner.confirm_open POST
        lists_owner.name_entry_contact POST
        lists_owner.remove_entry_contact POST
        lists_owner.report_life POST
    """,
    may.UNKNOWN: """
        directory.comparison_file GET
    """,
    may.EVERYONE: """
        directory.catalogue GET
        directory.check_list GET
        directory.comparison GET
        directory.issued_document GET
        directory.outcomes GET
        directory.version_content GET
        directory.versions GET
    """,
    may.CURATOR: """
        lists_bureau.add_units GET POST
        lists_bureau.add_call_file POST
        lists_bureau.archive POST
        lists_bureau.ask_waiver POST
        lists_bureau.cancel POST
        lists_bureau.cancelling GET
        lists_bureau.change_unit POST
        lists_bureau.close_call POST
        lists_bureau.consent_to_waiver POST
        lists_bureau.correction GET
        lists_bureau.decide_entries POST
        lists_bureau.decide_wording POST
        lists_bureau.entry_ties GET
        lists_bureau.merge_entries POST
        lists_bureau.propose_wording POST
        lists_bureau.split_entry POST
        lists_bureau.undo_tie POST
        lists_bureau.decide_entry POST
        lists_bureau.declare_entry_conflict POST
        lists_bureau.describe_release POST
        lists_bureau.end_call POST
        lists_bureau.enter_cosign POST
        lists_bureau.extend_call POST
        lists_bureau.entry_withdrawal GET POST
        lists_bureau.issue_erratum POST
        lists_bureau.let_finding_stand POST
        lists_bureau.look_at_links POST
        lists_bureau.issued_document GET POST
        lists_bureau.mark_life POST
        lists_bureau.new_department_entry GET
        lists_bureau.new_edition GET
        lists_bureau.open_call POST
        lists_bureau.open_edition POST
        lists_bureau.open_release POST
        lists_bureau.order_entries POST
        lists_bureau.propose_correction POST
        lists_bureau.publication GET
        lists_bureau.publish POST
        lists_bureau.reconsider_entry POST
        lists_bureau.remove_call_file POST
        lists_bureau.reject_erratum POST
        lists_bureau.release_correction GET POST
        lists_bureau.release_withdrawal GET POST
        lists_bureau.remind_units POST
        lists_bureau.remove_unit POST
        lists_bureau.reopen POST
        lists_bureau.reopen_unit POST
        lists_bureau.reopening GET
        lists_bureau.schedule POST
        lists_bureau.score_entry POST
        lists_bureau.start_curating POST
        lists_bureau.start_department_entry POST
        lists_bureau.supplement_call POST
        lists_bureau.unschedule POST
        submissions_bureau.confirm_sheet POST
        submissions_bureau.discard_sheet POST
        submissions_bureau.forward GET POST
        submissions_bureau.hand_in GET POST
        submissions_bureau.located GET
        submissions_bureau.nil_return GET POST
        submissions_bureau.owed GET
        submissions_bureau.own_unit GET
        submissions_bureau.sheet GET
        submissions_bureau.sheet_report GET
        submissions_bureau.start POST
        submissions_bureau.template_xlsx GET
        submissions_bureau.upload GET POST
        submissions_bureau.withdraw GET POST
        lists_bureau.write_call POST
    """,
    may.SIGNER: """
        lists_bureau.sign POST
        lists_bureau.signing GET
    """,
    may.PAPER: """
        lists_bureau.confirm_sign_off POST
        lists_bureau.confirming GET
        lists_bureau.paper GET
        lists_bureau.record_paper POST
        lists_bureau.give_review POST
        lists_bureau.reject_sign_off POST
    """,
    may.LISTS: """
        lists_bureau.board GET
        lists_bureau.call GET
        lists_bureau.bulk_decision GET
        lists_bureau.content_file GET
        lists_bureau.document GET
        lists_bureau.documents GET
        directory_editing.whole_edition GET
        lists_bureau.editions GET
        lists_bureau.errata GET
        lists_bureau.erratum GET
        lists_bureau.ledger GET
        lists_bureau.review_entry GET
        lists_bureau.submissions GET
        lists_bureau.submissions_csv GET
        lists_bureau.submissions_xlsx GET
        lists_bureau.unit GET
        lists_bureau.proof GET
        lists_bureau.review_sheet GET
        lists_bureau.wording GET
    """,
}


def after_release(
    member: Person, enterprise: Enterprise, other: Person, case: Release
) -> dict[str, Any]:
    """Return the rows that exist once a release is public: of a case, and of the member's own
    opportunity with a question of somebody else."""
    entry = case.entries[0]
    found = propose_withdrawal(make_curator("proposer"), case, entry, "示例理由")
    with scanned("正式文件.pdf") as scan:
        keep_issued_document(make_curator(), case, case.version, scan)
    own = make_call(Kind.OPPORTUNITY, year=2025)
    make_accepted(own, actor=member, enterprise=enterprise)
    start_signing(own)
    sign_all(own)
    publish(make_curator(), own, own.version)
    call = make_call(Kind.SUPPLY, year=2027)
    make_published_release(Kind.SUPPLY, year=2024)
    named = name_contact(member, own.entries[0], "示例", "", "entry@example.com", "供需对接")
    return {
        "named_id": named.id,
        "archived": case.id,
        "published_entry": entry.id,
        "erratum_id": found.id,
        "version": case.content_version,
        "own_published": own.entries[0].id,
        "own_number": own.entries[0].number,
        "question_id": ask(other, own.entries[0], "是否接受联合体？").id,
        "waiver_id": ask_waiver(make_curator("proposer"), call, Purpose.PUBLISH, "示例").id,
    }


def call_file(call: Release) -> StoredFile:
    """Return an attachment of a call."""
    with scanned("征集通知.pdf") as received:
        return add_call_file(make_curator(), call, received)


def scanned(name: str) -> AbstractContextManager[files.Received]:
    """Return the context in which a scan may be kept."""
    stream, filename = upload(name=name)
    return files.receiving(current_app.config["FILES"], stream, filename, field="file")
