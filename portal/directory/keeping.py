"""What the public's pages depend on, so that they are kept no longer than they hold."""

from __future__ import annotations

from collections.abc import Callable

from portal import clock
from portal.content_version import VersionReader

# Tables no public page reads: writing to any other one ends what is kept of all pages.
UNREAD = frozenset(
    {
        *("site_state", "counter", "alert", "nightly_job", "outbox_message", "audit_event"),
        *("identifier", "credential", "sign_in", "attempt", "pending_proof"),
        *("consent", "deputy", "officer_right", "hand_over_code", "consent_text"),
        *("message", "inbox_message", "invitation", "membership", "ownership_offer"),
        *("work_case", "case_decision", "decision_letter", "canned_reason", "proof_decision"),
        *("submission", "change_request", "claim", "standing_request", "likely_pair"),
        *("confirmation_reminder", "draft_reminder", "title_reminder"),
        *("import_row", "import_finding", "official_list_row"),
        *("assessment", "precheck", "rule_trial", "rule_trial_row", "title_request"),
        *("entry_score", "entry_sheet", "entry_sheet_row", "entry_wording", "entry_conflict"),
        *(
            "search_need",
            "link_check",
            "unit_submission",
            "release_review",
            "partner",
            "partner_member",
        ),
        *("recognition_consultation", "recognition_reply", "recognition_conflict"),
        "recognition_score",
        *("consultation_round", "consulted_body", "body_reply", "body_opinion"),
    }
)

# Every name in the query of a public page; an address with another name is kept nowhere.
PARAMETERS = frozenset(
    {
        *("q", "page", "sort", "kind", "v", "after", "facets"),
        *("district", "zone", "key_industry", "node", "pillar", "title"),
        *("subtype", "field", "state", "publisher", "year"),
        *("level", "past", "on", "number", "code", "from", "to"),
    }
)


def state_of_content(reader: VersionReader) -> Callable[[], object]:
    """Return what tells the state of the content: its version, and the day, for what opens,
    closes or lapses at midnight without anybody writing."""

    def state() -> object:
        return reader.read(), clock.today()

    return state
