"""Endpoints of classification by the audience that may use them."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_TITLES = {
    may.EVERYONE: """
        directory.title_csv GET
    """,
    may.MEMBER: """
        classification_owner.assessment GET
        classification_owner.own_claim GET
        classification_owner.passport GET
        classification_owner.platform_fields GET
        classification_owner.titles GET
    """,
    may.EDITS: """
        classification_owner.claim_title GET POST
        classification_owner.withdraw_claim POST
    """,
    may.RECOGNISER: """
        classification_bureau.ask_standing GET POST
        classification_bureau.correct GET POST
        classification_bureau.decide_request POST
        classification_bureau.refuse_claim GET POST
        classification_bureau.verify_claim GET POST
        classification_bureau.discard_list POST
        classification_bureau.find_enterprise GET
        classification_bureau.issue_certificate GET POST
        classification_bureau.list_row GET
        classification_bureau.match_row POST
        classification_bureau.new_list GET POST
        classification_bureau.record GET POST
        classification_bureau.record_list POST
        classification_bureau.reopen_row POST
        classification_bureau.settle_outside POST
        classification_bureau.settle_rest POST
        classification_bureau.title_request GET
        classification_bureau.undo_list POST
        classification_bureau.withdraw_request POST
        classification_bureau.withdraw GET POST
        classification_bureau.decide_version GET POST
        classification_bureau.discard_version POST
        classification_bureau.edit_version GET POST
        classification_bureau.new_version GET POST
        classification_bureau.propose_version GET POST
        classification_bureau.try_version GET POST
    """,
    may.PASSPORTS: """
        classification_bureau.assessment GET
        classification_bureau.passport GET
        classification_bureau.platform_fields GET
    """,
    may.TITLES: """
        classification_bureau.claims GET
        classification_bureau.official_list GET
        classification_bureau.official_list_csv GET
        classification_bureau.official_lists GET
        classification_bureau.waiting_rows GET
        classification_bureau.export_near_misses GET
        classification_bureau.near_misses GET
        classification_bureau.recorded GET
        classification_bureau.title GET
        classification_bureau.compare_version GET
        classification_bureau.trial GET
        classification_bureau.trial_csv GET
        classification_bureau.version GET
        classification_bureau.version_text GET
        classification_bureau.versions GET
    """,
}
