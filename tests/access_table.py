"""Who may open what: the table itself, judged in test_access."""

from __future__ import annotations

from tests import access_letters as may
from tests.access_lists import TABLE_OF_LISTS
from tests.access_presence import TABLE_OF_PRESENCE
from tests.access_recognition import TABLE_OF_RECOGNITION
from tests.access_search import TABLE_OF_SEARCH
from tests.access_steps import TABLE_OF_STEPS
from tests.access_titles import TABLE_OF_TITLES

TABLE = {
    may.EVERYONE: """
        directory.list_calls GET
        accounts.check_mail GET
        accounts.code GET POST
        accounts.code_again POST
        accounts.recover GET POST
        accounts.request_reset GET POST
        accounts.reset_code GET POST
        accounts.reset_code_again POST
        accounts.sign_in GET POST
        accounts.sign_up GET POST
        alerts.sent GET
        desk.messages GET
        directory.about GET
        directory.basket GET
        directory.basket_file GET
        directory.accessibility GET
        directory.contact GET
        directory.edition GET
        directory.edition_file GET
        directory.enterprise GET
        directory.entry GET
        directory.home GET
        directory.policies GET
        directory.policy GET
        directory.privacy GET
        directory.published_list GET
        directory.list_schema GET
        directory.published_list_calendar GET
        directory.published_list_feed GET
        directory.published_list_file GET
        directory.registry GET
        directory.registry_file GET
        directory.robots GET
        directory.search GET
        directory.search_feed GET
        directory.site_map GET
        directory.sitemap GET
        directory.targets GET
        directory.title GET
        directory.titles GET
        health.healthz GET
        health.readyz GET
        preferences.choose POST
        static GET
        web.kit GET
    """,
    may.UNKNOWN: """
        alerts.alert GET
        alerts.change_rhythm POST
        alerts.confirm POST
        alerts.mute POST
        alerts.new_alert GET POST
        alerts.stop POST
        alerts.stop_by_mail POST
        alerts.unmute POST
        directory.entry_file GET
        directory.list_call GET
        directory.list_call_file GET
        accounts.confirm GET POST
        accounts.reset GET POST
        enterprises_owner.decline_invitation POST
        enterprises_owner.invited GET
    """,
    may.UNKNOWN_INSIDE: """
        accounts_owner.confirm_identifier GET POST
        accounts_owner.end_sign_in POST
        accounts_owner.remove_identifier GET POST
        desk.file GET
        enterprises_owner.accept_invitation POST
        desk.inbox_letter GET
    """,
    may.SIGNED_OUT: """
        accounts.second_step GET POST
        accounts.sign_out POST
    """,
    may.SIGNED_IN: """
        alerts_owner.alerts GET
        desk.consent GET POST
        desk.data GET
        desk.delete GET POST
        desk.download_data POST
        partners_owner.new GET
        partners_owner.partners GET
        partners_owner.register POST
        accounts_owner.account GET
        accounts_owner.end_other_sign_ins POST
        accounts_owner.identifier_code GET POST
        accounts_owner.identifier_code_again POST
        accounts_owner.language POST
        accounts_owner.new_identifier GET POST
        accounts_owner.password GET POST
        accounts_owner.prove_second_factor GET POST
        accounts_owner.recovery_codes GET POST
        accounts_owner.remove_second_factor GET POST
        accounts_owner.second_factor GET POST
        desk.home GET
        desk.inbox GET
        enterprises_owner.claim GET POST
        enterprises_owner.withdraw_claim POST
        enterprises_owner.hand_over GET POST
        enterprises_owner.new GET
        enterprises_owner.start POST
        lists_owner.entries GET
        lists_owner.new_entry GET
    """,
    may.MEMBER: """
        desk.my_decision GET
        enterprises_owner.changes GET
        enterprises_owner.confirmation GET
        directory_preview.preview GET
        directory_preview.preview_entry GET
        enterprises_owner.evidence GET
        enterprises_owner.figures GET
        enterprises_owner.leave POST
        enterprises_owner.leaving GET
        enterprises_owner.letters GET
        enterprises_owner.members GET
        enterprises_owner.standing GET
        enterprises_owner.submitted GET
        enterprises_owner.tasks GET
        enterprises_owner.trail GET
        lists_owner.check_entry GET
        lists_owner.continue_entry POST
        lists_owner.edit_section GET
        lists_owner.entry GET
        lists_owner.save_section POST
        lists_owner.submit_entry POST
        lists_owner.withdraw_entry POST
        lists_owner.withdrawal GET
        lists_owner.wording GET
        lists_owner.answer_wording POST
    """,
    may.EDITS: """
        enterprises_owner.add_evidence POST
        enterprises_owner.answer_standing POST
        enterprises_owner.check GET
        enterprises_owner.confirm POST
        enterprises_owner.edit_figures GET
        enterprises_owner.edit_step GET
        enterprises_owner.identity_paper GET POST
        enterprises_owner.remove_evidence GET POST
        enterprises_owner.replace_evidence GET POST
        enterprises_owner.report_change GET
        enterprises_owner.save_figures POST
        enterprises_owner.save_step POST
        enterprises_owner.send_change POST
        enterprises_owner.submit POST
        enterprises_owner.withdraw_change POST
    """,
    may.OFFERED: """
        enterprises_owner.accept_ownership POST
        enterprises_owner.decline_ownership POST
    """,
    may.OFFER: """
        enterprises_owner.ownership_offer GET
    """,
    may.OFFERING: """
        enterprises_owner.withdraw_ownership POST
    """,
    may.MANAGES: """
        enterprises_owner.change_role POST
        enterprises_owner.decide_request POST
        enterprises_owner.invitation GET
        enterprises_owner.invite POST
        enterprises_owner.invite_again POST
        enterprises_owner.member GET
        enterprises_owner.member_request GET
        enterprises_owner.offer_ownership POST
        enterprises_owner.ownership GET
        enterprises_owner.removal GET
        enterprises_owner.remove_member POST
        enterprises_owner.withdraw_invitation POST
    """,
    may.OWN_ENTERPRISE: """
        lists_owner.start_entry POST
    """,
    may.ADMINISTRATOR: """
        accounts_bureau.recovery_code GET POST
        accounts_bureau.disable GET POST
        accounts_bureau.enable GET POST
        accounts_bureau.end_deputy GET POST
        accounts_bureau.end_right GET POST
        accounts_bureau.give_right POST
        accounts_bureau.new_deputy GET POST
        accounts_bureau.new_right GET
        accounts_bureau.people GET
        accounts_bureau.reveal POST
        accounts_bureau.someone GET
    """,
    may.PARTNER: """
        partners_owner.edit GET
        partners_owner.partner GET
        partners_owner.save POST
    """,
    may.OVERSEER: """
        accounts_bureau.find_people POST
        accounts_bureau.search_people GET
        desk.trail GET
    """,
    may.AUDITOR: """
        desk.export_trail POST
    """,
    may.OFFICER: """
        accounts_bureau.own_deputy GET POST
        desk.assign_cases POST
        desk.bureau GET
        desk.worklist GET
    """,
    may.REVIEWER: """
        desk.reasons GET
        enterprises_bureau.duplicates GET
        enterprises_bureau.new_record GET
        enterprises_bureau.records GET
        enterprises_bureau.start_record POST
        enterprises_bureau.unreported GET
        imports_bureau.imports GET
        imports_bureau.template GET
        imports_bureau.upload POST
    """,
    may.IMPORTER: """
        imports_bureau.check POST
        imports_bureau.choose_header GET
        imports_bureau.confirm POST
        imports_bureau.job GET
        imports_bureau.report_json GET
        imports_bureau.report_xlsx GET
        imports_bureau.undo POST
    """,
    may.REVIEWER_HERE: """
        desk.decision_letter GET
        desk.release_case POST
        desk.take_case POST
        enterprises_bureau.ask POST
        enterprises_bureau.change_request GET
        enterprises_bureau.changes GET
        enterprises_bureau.check_figure POST
        enterprises_bureau.claim GET
        enterprises_bureau.decide POST
        enterprises_bureau.decide_change POST
        enterprises_bureau.decide_claim POST
        enterprises_bureau.decide_merge POST
        enterprises_bureau.decide_standing POST
        enterprises_bureau.dismiss_pair POST
        enterprises_bureau.figure GET
        enterprises_bureau.figures GET
        enterprises_bureau.hand_over GET
        enterprises_bureau.issue_code POST
        enterprises_bureau.likely_pair GET
        enterprises_bureau.merge GET
        enterprises_bureau.merge_request GET
        enterprises_bureau.note_change POST
        enterprises_bureau.propose_merge POST
        enterprises_bureau.record GET
        enterprises_bureau.record_step GET
        enterprises_bureau.review GET
        enterprises_bureau.save_record_step POST
        enterprises_bureau.standing GET
        enterprises_bureau.standing_request GET
        enterprises_bureau.submit_record POST
        enterprises_bureau.undo_merge POST
        enterprises_bureau.void_code POST
        enterprises_bureau.withdraw_merge POST
        enterprises_bureau.withdraw_standing POST
    """,
    may.CITY: """
        partners_bureau.look POST
        partners_bureau.partner GET
        partners_bureau.partners GET
        desk.add_reason POST
        desk.reason GET
        desk.retire_reason POST
        desk.reword_reason POST
        desk.take_over_case POST
    """,
}
for rows in (
    TABLE_OF_SEARCH,
    TABLE_OF_LISTS,
    TABLE_OF_PRESENCE,
    TABLE_OF_TITLES,
    TABLE_OF_RECOGNITION,
    TABLE_OF_STEPS,
):
    for letters, lines in rows.items():
        TABLE[letters] = f"{TABLE.get(letters, '').rstrip()}\n{lines.strip()}"
