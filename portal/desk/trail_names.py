"""What the kinds of row in the trail and the acts on them are called.

Each domain names the acts on its own rows; here they are put together. What has no name shows its
code, and a test fails.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.accounts.terms import PEOPLE_ACTS
from portal.audit.models import AuditEvent
from portal.casework.terms import CASE_ACTS, OBJECTION_ACTS, REASON_ACTS
from portal.classification.terms.acts import CLAIM_ACTS, LIST_ACTS, TITLE_ACTS, VERSION_ACTS
from portal.enterprises.terms.acts import ENTERPRISE_ACTS, IMPORT_ACTS, PAIR_ACTS
from portal.enterprises.terms.presence import SITE_NAMES, WAY_NAMES
from portal.enterprises.terms.record import FIELD_NAMES
from portal.files.terms import FILE_ACTS
from portal.lists.terms import steps
from portal.lists.terms.acts import (
    EDITION_ACTS,
    ENTRY_ACTS,
    ERRATUM_ACTS,
    QUESTION_ACTS,
    RELEASE_ACTS,
)
from portal.lists.terms.units import SHEET_ACTS, UNIT_ACTS
from portal.partners.terms import PARTNER_ACTS
from portal.plan.terms import OBSERVATION_ACTS
from portal.recognition.terms.acts import (
    APPLICATION_ACTS,
    CALL_ACTS,
    CONFLICT_ACTS,
    NOTICE_ACTS,
    SCORE_ACTS,
)
from portal.search.terms import SYNONYM_ACTS

Names = Mapping[str, object]
ROWS: Mapping[str, tuple[object, Names]] = {
    "person": (_l("Person"), PEOPLE_ACTS),
    "enterprise": (_l("Enterprise"), ENTERPRISE_ACTS),
    "import_job": (_l("Import"), IMPORT_ACTS),
    "likely_pair": (_l("Likely duplicates"), PAIR_ACTS),
    "work_case": (_l("Case"), CASE_ACTS),
    "canned_reason": (_l("Common reason"), REASON_ACTS),
    "title": (_l("Title"), TITLE_ACTS),
    "title_claim": (_l("Claimed title"), CLAIM_ACTS),
    "official_list": (_l("Official list"), LIST_ACTS),
    "rule_version": (_l("Rule version"), VERSION_ACTS),
    "recognition_call": (_l("Call for recognition"), CALL_ACTS),
    "recognition_application": (_l("Application for recognition"), APPLICATION_ACTS),
    "recognition_notice": (_l("Public notice"), NOTICE_ACTS),
    "recognition_objection": (_l("Objection"), OBJECTION_ACTS),
    "recognition_score": (_l("Score of an officer"), SCORE_ACTS),
    "recognition_conflict": (_l("Conflict of interest"), CONFLICT_ACTS),
    "partner": (_l("Partner organisation"), PARTNER_ACTS),
    "edition": (_l("Edition"), EDITION_ACTS),
    "release": (_l("Release"), RELEASE_ACTS),
    "entry": (_l("Entry"), ENTRY_ACTS),
    "erratum": (_l("Change after release"), ERRATUM_ACTS),
    "entry_question": (_l("Question about an entry"), QUESTION_ACTS),
    "consulted_body": (_l("Body asked for its opinion"), steps.ROUND_ACTS),
    "release_notice": (_l("Public notice of a list"), steps.NOTICE_ACTS),
    "notice_objection": (_l("Objection to a list"), OBJECTION_ACTS),
    "addressee_unit": (_l("Unit of a call"), UNIT_ACTS),
    "entry_sheet": (_l("Filled template"), SHEET_ACTS),
    "observation": (_l("Observation"), OBSERVATION_ACTS),
    "stored_file": (_l("File"), FILE_ACTS),
    "synonym_group": (_l("Words of the search"), SYNONYM_ACTS),
}

FIELDS: Names = FIELD_NAMES | {
    "right": _l("Right"),
    "deputy": _l("Deputy"),
    "valid_from": _l("From"),
    "valid_until": _l("Until"),
    "role": _l("Role"),
    "member": _l("Member"),
    "state": _l("State"),
    "stage": _l("Stage"),
    "outcome": _l("Outcome"),
    "taken_by": _l("Taken by"),
    "version": _l("Version"),
    "level": _l("Level"),
    "number": _l("Number"),
    "batch": _l("Batch"),
    "owner": _l("Belongs to"),
    "value": _l("Value"),
    "address": _l("Address (digest)"),
    "identifier": _l("Address (digest)"),
    "order": _l("Order"),
    "score": _l("Score"),
    "part_of": _l("Part of"),
    "finding": _l("Proof finding"),
    "wording": _l("Public wording"),
    "fields": _l("Items"),
    "opens_on": _l("Opens on"),
    "closes_on": _l("Closes on"),
    "begins_on": _l("Takes effect on"),
    "ends_on": _l("Ends on"),
    "dated_on": _l("Dated"),
    "document_no": _l("Document number"),
    "keep_until": _l("Kept until"),
    "report_by": _l("To be reported by"),
    "confirmed_on": _l("Confirmed on"),
    "evidence": _l("Evidence for"),
    "purpose": _l("Evidence for"),
    "sha256": "SHA-256",
    "digest": "SHA-256",
    "check_code": _l("Check code"),
    "body": _l("Body"),
    "reply": _l("Answer"),
    "life": _l("State"),
    "kind": _l("Kind"),
    "act": _l("Act"),
    "result": _l("Result"),
    "person": _l("Number of a person"),
    "enterprise": _l("Enterprise"),
    "other": _l("Number of the other record"),
    "merged": _l("Number of the other record"),
    "named_contact": _l("Address (digest)"),
    "rows": _l("Rows"),
    "release": _l("Release"),
    "year": _l("Year"),
    "letter": _l("Letter"),
    **{str(way): name for way, name in WAY_NAMES.items()},
    **{f"site_{kind}": name for kind, name in SITE_NAMES.items()},
    "asks_opinions": _l("Opinion of other bodies"),
    "notice_days": _l("Public notice, working days"),
    "expected": _l("Entries expected"),
    "due_on": _l("To report by"),
    "reopened_until": _l("Reopened until"),
    "reminded_on": _l("Reminded on"),
    "sent": _l("What stands reported"),
    "supported": _l("Supported"),
    "entries": _l("Number of entries"),
    "words": _l("Words"),
}


def act_words(event: AuditEvent) -> object:
    """Return what the act of a line is called, its code where it has no name."""
    _kind, acts = ROWS.get(event.subject_kind, ("", {}))
    return acts.get(event.act, event.act)


def kind_name(kind: str) -> object:
    """Return what a kind of row is called, its code where it has no name."""
    return ROWS[kind][0] if kind in ROWS else kind


def field_name(field: str) -> object:
    """Return what a field of a change is called, its code where it has no name."""
    return FIELDS.get(field, field)


def act_name(act: str) -> object:
    """Return what an act is called on whichever kind of row it stands, for choosing among acts."""
    named = (acts[act] for _kind, acts in ROWS.values() if act in acts)
    return next(named, act)
