"""Who may open what of the annual lists' officers' pages."""

from __future__ import annotations

from typing import Any

from portal.lists.actions.errata import propose_withdrawal
from portal.lists.models import Release
from tests import access_letters as may
from tests.lists.factories import make_curator

AFTER = {"errata", "archive", "release_correction", "release_withdrawal"}
PUBLISHED = {"correction", "propose_correction", "entry_withdrawal"}

TABLE_OF_LISTS = {
    may.EVERYONE: """
        directory.check_list GET
        directory.version_content GET
        directory.versions GET
    """,
    may.CURATOR: """
        lists_bureau.archive POST
        lists_bureau.cancel POST
        lists_bureau.cancelling GET
        lists_bureau.close_call POST
        lists_bureau.correction GET
        lists_bureau.decide_entry POST
        lists_bureau.describe_release POST
        lists_bureau.enter_cosign POST
        lists_bureau.entry_withdrawal GET POST
        lists_bureau.issue_erratum POST
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
        lists_bureau.reject_erratum POST
        lists_bureau.release_correction GET POST
        lists_bureau.release_withdrawal GET POST
        lists_bureau.reopen POST
        lists_bureau.reopening GET
        lists_bureau.schedule POST
        lists_bureau.start_curating POST
        lists_bureau.start_department_entry POST
        lists_bureau.unschedule POST
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
        lists_bureau.content_file GET
        lists_bureau.editions GET
        lists_bureau.errata GET
        lists_bureau.erratum GET
        lists_bureau.review_entry GET
        lists_bureau.review_sheet GET
    """,
}


def after_release(published: Release) -> dict[str, Any]:
    """Return the rows that exist once a release is public."""
    entry = published.entries[0]
    found = propose_withdrawal(make_curator("proposer"), published, entry, "示例理由")
    return {
        "archived": published.id,
        "published_entry": entry.id,
        "erratum_id": found.id,
        "version": published.content_version,
    }
