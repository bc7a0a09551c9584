"""Who may open what: one table of every endpoint and method against every audience.

Judged by real requests for real rows. An endpoint missing from the table fails, and so does a row
whose endpoint is gone. POSTs carry a good token and nothing else: whoever is let through is asked
for the rest (422) or goes on (303), so that hardly anything changes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal import clock
from portal.accounts.actions.deputies import set_deputy
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.casework.queries import letters_about
from portal.casework.reasons import all_reasons
from portal.enterprises.actions import (
    invitations,
    ownership,
    recording,
)
from portal.enterprises.queries.members import members_of
from portal.enterprises.terms.record import Role
from portal.lists.terms.kinds import Kind
from portal.notices.queries import policies
from portal.partners.actions import register_partner
from portal.search.actions import keep_need
from portal.search.queries import groups
from tests.access_curation import curation_rows
from tests.access_letters import AUDIENCES
from tests.access_lists import AFTER, OWN_PUBLISHED, PUBLISHED, after_release, call_file
from tests.access_recognition import application_for, recognition_rows
from tests.access_rows import (
    ask_to_suspend,
    case_id_of,
    likely_pair,
    make_checked_evidence,
    make_presence,
    record_for,
    record_paper,
    standing_rows,
    unit_rows,
)
from tests.access_steps import STEPS, step_rows
from tests.access_table import TABLE
from tests.browser_client import Browser
from tests.classification.factories import claimed_by, make_recogniser, make_title_request
from tests.classification.list_factories import make_lists
from tests.classification.version_factories import rule_slugs
from tests.enterprises.sheets import firms, hand_in_sheet, sheet
from tests.factories import (
    make_active,
    make_claim,
    make_draft,
    make_member,
    make_officer,
    make_person,
    make_submitted,
    make_uscc,
)
from tests.lists.factories import (
    LEADS,
    make_accepted,
    make_call,
    make_curator,
    make_entry,
    make_published_release,
    make_signer,
    start_signing,
)
from tests.partners.test_partners import FACTS as PARTNER_FACTS

COSIGN = {"reopening", "reopen", "signing", "sign", "paper", "record_paper", "publication"}
COSIGN |= {"publish", "schedule", "content_file", "unschedule"}
RULE_ROWS = {"decide_version": "proposed_rules", "edit_version": "draft_rules"}
RULE_ROWS |= {"propose_version": "draft_rules", "discard_version": "draft_rules"}
CHECKED = {"record_list", "discard_list"}
LAST = "accounts.sign_out"


def outcome(browser: Browser, path: str, method: str, token: str) -> str:
    """Make one request and return its letter."""
    data = {"csrf_token": token} if method == "POST" else None
    answer = browser.ask(path, method, data=data, headers={"Origin": "http://localhost"})
    if answer.status_code in (301, 302, 303, 308) and "/account/sign-in" in answer.location:
        return "s"
    return {403: "f", 404: "n"}.get(answer.status_code, "o" if answer.status_code < 500 else "!")


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """One person per audience that signs in."""
    found = [
        make_person("member@example.com"),
        make_person("other@example.com"),
        make_officer(Right.REVIEW_ENTERPRISES, mail="here@portal.example", district="dongpo"),
        make_officer(Right.REVIEW_ENTERPRISES, mail="there@portal.example", district="renshou"),
        make_recogniser(),
        make_curator(),
        make_signer(),
        make_officer(Right.ADMINISTER, mail="boss@portal.example"),
        make_officer(Right.AUDIT, mail="auditor@portal.example"),
        make_person("editor@example.com"),
        make_person("viewer@example.com"),
    ]
    return dict(zip(AUDIENCES[1:], found, strict=True))


@pytest.fixture
def rows(app: Flask, people: dict[str, Person]) -> dict[str, Any]:
    """The rows addresses name, made by the people they belong to."""
    member, other = people["member of the enterprise"], people["member of another"]
    active = make_active(member, people["reviewer of the district"])
    submitted = make_submitted(member, uscc=make_uscc(2), name="示例待核验公司")
    draft = make_draft(member, uscc=make_uscc(3), name="示例草稿公司")
    for enterprise in (active, submitted, draft):
        make_member(enterprise, people["editor of the enterprise"], Role.EDITOR)
        make_member(enterprise, people["viewer of the enterprise"], Role.VIEWER)
    call = make_call(Kind.OPPORTUNITY)
    entry = make_entry(call, actor=member, enterprise=active)
    cosign = make_call(Kind.SUPPLY)
    make_accepted(cosign)
    start_signing(cosign)
    published = make_published_release(Kind.CASE)
    job = hand_in_sheet(sheet(*firms(1, 900)), people["reviewer of the district"])
    away = make_officer(Right.RECOGNISE, mail="away@portal.example")
    deputy = set_deputy(SYSTEM, away, people["recogniser"], clock.today(), clock.today())
    return {
        **curation_rows(call, entry),
        **step_rows(),
        "partner_id": register_partner(member, PARTNER_FACTS).id,
        "person_id": away.id,
        "right_id": away.rights[0].id,
        "deputy_id": deputy.id,
        "active": active.id,
        "submitted": submitted.id,
        "draft": draft.id,
        "begun": recording.start_record(people["reviewer of the district"]).id,
        "membership_id": members_of(active.id)[0].id,
        **standing_rows(app, people["reviewer of the district"]),
        "request_id": ask_to_suspend(active, people["reviewer of the district"]).id,
        "invitation_id": invitations.invite(member, active, "x@example.com", Role.VIEWER).id,
        "offer_id": ownership.offer(member, members_of(draft.id)[1]).id,
        "uscc": active.uscc,
        "case_id": case_id_of(submitted),
        "letter_id": letters_about(active.id)[0].id,
        "pair_id": likely_pair(active, submitted).id,
        "group_id": groups()[0].id,
        "wish": keep_need("量子点膜", "supply", "示例：需要量子点膜的中试线，每月" + "2" * 60).id,
        "reason_id": all_reasons("verification")[0].id,
        "claim_id": make_claim(other, active).id,
        "job_id": job.id,
        **make_title_request(active, people["recogniser"]),
        "claimed_id": claimed_by(active, job.id).id,
        **make_lists(people["recogniser"]),
        "call": call.id,
        "call_file": call_file(call).name,
        **unit_rows(people["curator"], call),
        "edition_id": call.edition_id,
        "entry_id": entry.id,
        "cosign": cosign.id,
        "sign_off_id": record_paper(cosign).id,
        **after_release(member, active, other, published),
        "number": published.entries[0].number,
        "policy": policies()[0].slug,
        **make_presence(member, active),
        **rule_slugs(people["recogniser"]),
        **recognition_rows(member, active),
        "evidence": make_checked_evidence(member, people["reviewer of the district"], active),
    }


def arguments(rule: Rule, rows: dict[str, Any]) -> dict[str, Any]:
    """Return what fills a rule's address."""
    name = rule.endpoint.rpartition(".")[2]
    release = "cosign" if name in COSIGN else "archived" if name in AFTER else "call"
    release = STEPS.get(name, release)
    slugs = {"title": "high_tech", "title_csv": "high_tech", "policy": rows["policy"]}
    slugs |= {"template_xlsx": "scenario"}
    slugs |= {"edit_section": "about", "save_section": "about"}
    fixed = {"step": "place", "token": "unknown", "kind_slug": "high_tech", "year": 2026}
    fixed |= {"series": "hte", "key": "none", "form": "xlsx"}
    fixed |= {"period": "2025", "group": "size", "metric": "employees"}
    fixed |= {"identifier_id": 999, "sign_in_id": 999}
    fixed |= {"paper": "draft"}
    fixed |= {"filename": "css/site.css", "name": "language", "kind": "case"}
    if rule.endpoint.startswith("classification_bureau"):
        fixed["request_id"] = rows["title_request_id"]
    if rule.endpoint.startswith("recognition_bureau"):
        fixed["reply_id"] = rows["title_reply_id"]
    if rule.endpoint.startswith(("lists_", "directory.list_")):
        fixed |= {"notice_id": rows["list_notice_id"], "objection_id": rows["list_objection_id"]}
    fixed["list_id"] = rows["checked_list"] if name in CHECKED else rows["list_id"]
    numbers = {"inbox_letter": 99999}
    numbers |= dict.fromkeys(("version_content", "issued_document", "catalogue"), 1)
    numbers |= dict.fromkeys(("asking", "ask_question"), rows["own_number"])
    if name in ("outcomes", "published_list_calendar"):
        fixed |= {"kind": "opportunity", "year": 2025}
    values = (
        rows
        | fixed
        | {
            "enterprise_id": rows[record_for(rule, name)],
            "release_id": rows[release],
            "entry_id": rows["noticed_entry" if name == "object_to" else entry_for(name)],
            "slug": slugs.get(name, LEADS[0]),
            "rule_slug": rows[RULE_ROWS.get(name, "rules")],
            "name": file_for(name, rows),
            "application_id": rows[application_for(rule)],
            "number": numbers.get(name, rows["number"]),
        }
    )
    return {argument: values[argument] for argument in rule.arguments}


def entry_for(name: str) -> str:
    """Return which entry an endpoint is asked about."""
    if name in OWN_PUBLISHED:
        return "own_published"
    return "published_entry" if name in PUBLISHED else "entry_id"


def file_for(name: str, rows: dict[str, Any]) -> str:
    """Return the file an endpoint is asked about."""
    if name in ("remove_document", "remove_call_file"):
        return str(rows["document" if name == "remove_document" else "call_file"])
    return str(rows["evidence"]) if "evidence" in name else "language"


def rows_of(lines: str) -> Iterator[str]:
    """Yield "endpoint METHOD" for each line's methods."""
    for line in lines.strip().splitlines():
        endpoint, *methods = line.split()
        yield from (f"{endpoint} {method}" for method in methods)


def every_row(app: Flask) -> Iterator[tuple[str, Rule, str]]:
    """Yield (row name, rule, method) for every endpoint and method; what ends sign-ins last."""
    rules = sorted(app.url_map.iter_rules(), key=lambda r: (r.endpoint == LAST, r.endpoint))
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield f"{rule.endpoint} {method}", rule, method


def test_the_table_names_every_endpoint_and_nothing_else(app: Flask) -> None:
    named = [row for lines in TABLE.values() for row in rows_of(lines)]
    assert sorted(named) == sorted({row for row, _rule, _method in every_row(app)})


def test_every_endpoint_answers_every_audience_as_the_table_says(
    app: Flask, people: dict[str, Person], rows: dict[str, Any]
) -> None:
    browsers = [Browser(app), *(Browser(app).sign_in(person) for person in people.values())]
    tokens = [browser.token() for browser in browsers]
    adapter = app.url_map.bind("localhost")
    expected = {row: letters for letters, lines in TABLE.items() for row in rows_of(lines)}
    found = {}
    for row, rule, method in every_row(app):
        path = adapter.build(rule.endpoint, arguments(rule, rows))
        found[row] = "".join(
            outcome(browser, path, method, token)
            for browser, token in zip(browsers, tokens, strict=True)
        )
    assert found == expected
