"""Titles an enterprise claims: sent with evidence, verified or refused, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.queries.counts import count_families
from portal.classification.queries.titles import titles_of
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import Role
from portal.extensions import db
from portal.files.models import StoredFile
from tests.browser_client import Browser
from tests.classification.factories import (
    claimed_by,
    make_enterprise,
    make_recogniser,
    record_title_for,
)
from tests.enterprises.sheets import firms, hand_in_sheet, sheet
from tests.factories import make_member, make_person
from tests.files.factories import upload
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
OWNER = "owner-1@example.com"
CERTIFICATE: dict[str, Any] = {
    "number": "GR202451000001",
    "batch": "2024年第二批",
    "granted_on": "2024-11-05",
    "source_title": "示例：2024年高新技术企业认定备案名单",
    "source_number": "示例〔2024〕00号",
    "source_date": "2024-11-05",
    "source_url": "https://notices.example.com/high-tech-2024",
}


@pytest.fixture
def enterprise(app: object) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def recogniser(app: object) -> Person:
    return make_recogniser()


@pytest.fixture
def owner(enterprise: Enterprise, someone: SignIn) -> Browser:
    found = find_confirmed(OWNER)
    assert found is not None
    return someone(found.person)


def claim_path(enterprise: Enterprise, kind: str = "high_tech") -> str:
    return f"/my/enterprises/{enterprise.id}/titles/{kind}/claim"


def sent(owner: Browser, enterprise: Enterprise, status: int = 200, **changes: Any) -> Any:
    """Send a claim with a file, as the form has it."""
    values = CERTIFICATE | {"proof": upload(name="高企证书.pdf")} | changes
    return owner.post(claim_path(enterprise), values, status)


def the_claim() -> TitleClaim:
    found = db.session.scalar(select(TitleClaim))
    assert found is not None
    return found


def test_a_claim_is_verified_against_its_evidence_and_the_member_is_told(
    owner: Browser,
    enterprise: Enterprise,
    recogniser: Person,
    someone: SignIn,
    mailbox: Mailbox,
    visitor: Browser,
) -> None:
    page = owner.get(f"/my/enterprises/{enterprise.id}/titles")
    assert page.link("高新技术企业") == claim_path(enterprise)
    page = sent(owner, enterprise)
    assert "待核实" in page.main
    assert count_families(clock.today()) == {}
    assert "高新技术企业" not in visitor.get(f"/enterprises/{enterprise.uscc}").main
    officer = someone(recogniser)
    listed = officer.get("/bureau/titles/claims")
    assert "企业自行申报" in listed.main
    page = officer.get(listed.link("核实："))
    assert officer.ask(page.link("高企证书.pdf")).status_code == 200
    page = officer.send(page, "/verify", batch="2024年第三批")
    assert "已核实" in page.main
    title = db.session.scalar(select(Title))
    assert title is not None
    assert (title.batch, the_claim().title_id) == ("2024年第三批", title.id)
    assert count_families(clock.today()) == {"high_tech": 1}
    assert mailbox.subjects(OWNER)[-1] == "资质已核实登记：高新技术企业"
    page = owner.get(mailbox.link(OWNER))
    assert "已核实" in page.main
    assert "GR202451000001" in owner.get(f"/my/enterprises/{enterprise.id}/titles").main


def test_a_claim_is_refused_with_a_ground_the_member_reads(
    owner: Browser, enterprise: Enterprise, recogniser: Person, someone: SignIn, mailbox: Mailbox
) -> None:
    sent(owner, enterprise)
    officer = someone(recogniser)
    page = officer.get(f"/bureau/titles/claims/{the_claim().id}/refuse")
    assert officer.send(page, "/refuse", status=422).errors == ["请说明未核实的理由和依据"]
    assert "没有待核实" in officer.send(page, "/refuse", ground="备案名单中没有该企业").main
    assert mailbox.subjects(OWNER)[-1] == "资质未核实：高新技术企业"
    page = owner.get(mailbox.link(OWNER))
    assert "备案名单中没有该企业" in page.main
    assert "未核实" in page.main
    path = f"/bureau/titles/claims/{the_claim().id}/refuse"
    again = officer.post(path, {"version": "1", "ground": "再"}, 422)
    assert again.errors == ["这项待核实资质已经办结"]
    sent(owner, enterprise)  # it may be claimed again
    assert db.session.scalars(select(TitleClaim.decided_at)).all().count(None) == 1


def test_one_claim_of_a_title_is_open_and_can_be_taken_back(
    owner: Browser, enterprise: Enterprise
) -> None:
    sent(owner, enterprise)
    page = sent(owner, enterprise, 422)
    assert page.errors == ["该资质已于2026-11-22申报，请等待核实结果，或先撤回该申报"]
    assert page.one("input", id="number").get("value") == "GR202451000001"
    page = owner.get(f"/my/enterprises/{enterprise.id}/titles/claims/{the_claim().id}")
    page = owner.send(page, "/withdraw")
    assert "已撤回" in page.main
    assert None not in db.session.scalars(select(StoredFile.removed_at)).all()
    assert (
        "这项待核实资质已经办结"
        in owner.post(
            f"/my/enterprises/{enterprise.id}/titles/claims/{the_claim().id}/withdraw"
        ).html
    )


def test_what_cannot_be_right_is_said_at_the_field_and_nothing_typed_is_lost(
    owner: Browser, enterprise: Enterprise, recogniser: Person
) -> None:
    page = sent(owner, enterprise, 422, granted_on="2027-01-01", number="！")
    assert page.errors == ["请按原件填写编号，可含文字、字母、数字、括号和连接号"]
    page = sent(owner, enterprise, 422, proof=upload(b"GIF89a", "证书.gif"))
    assert "只能上传" in page.errors[0]
    page = owner.post(claim_path(enterprise), CERTIFICATE, 422)
    assert page.errors == ["请选择证明文件"]
    record_title_for(enterprise, recogniser)
    page = sent(owner, enterprise, 422)
    assert "GR202451000001已登记在" in page.errors[0]
    assert db.session.scalar(select(TitleClaim)) is None


def test_the_citys_own_titles_cannot_be_claimed(owner: Browser, enterprise: Enterprise) -> None:
    page = owner.get(claim_path(enterprise, "demonstration"), status=422)
    assert "由本市认定" in page.main


def test_a_viewer_reads_and_others_find_nothing(
    owner: Browser, enterprise: Enterprise, someone: SignIn
) -> None:
    sent(owner, enterprise)
    path = f"/my/enterprises/{enterprise.id}/titles/claims/{the_claim().id}"
    viewer = make_person("viewer@example.com")
    make_member(enterprise, viewer, Role.VIEWER)
    reading = someone(viewer)
    assert "withdraw" not in reading.get(path).html
    reading.get(claim_path(enterprise), status=403)
    stranger = someone(make_person("stranger@example.com"))
    stranger.get(path, status=404)
    away = someone(make_recogniser("meishan-eit", "eit@portal.example"))
    away.get(f"/bureau/titles/claims/{the_claim().id}/verify", status=403)
    evidence = owner.get(path).link("高企证书.pdf")
    assert [browser.ask(evidence).status_code for browser in (reading, stranger, away)] == [
        200,
        404,
        404,
    ]


def test_a_members_claim_takes_over_what_a_sheet_named(
    owner: Browser, enterprise: Enterprise, recogniser: Person, someone: SignIn
) -> None:
    job = hand_in_sheet(sheet(*firms(1, 900)))
    named = claimed_by(enterprise, job.id, "high_tech")
    officer = someone(recogniser)
    before = officer.get(f"/bureau/titles/claims/{named.id}/refuse")
    page = owner.get(f"/my/enterprises/{enterprise.id}/titles/claims/{named.id}")
    assert page.link("补充具体信息") == claim_path(enterprise)
    sent(owner, enterprise)
    claim = the_claim()
    assert (claim.id, claim.level, claim.number) == (named.id, "national", "GR202451000001")
    page = officer.send(before, "/refuse", status=422, ground="示例")
    assert "企业已为该申报补充信息" in page.errors[0]


def test_a_recorded_title_settles_the_claim_that_means_it_and_no_other(
    owner: Browser, enterprise: Enterprise, recogniser: Person, mailbox: Mailbox
) -> None:
    sent(owner, enterprise)
    record_title_for(
        enterprise, recogniser, number="GR202151000009", granted_on=clock.today().replace(year=2021)
    )
    assert the_claim().is_open
    record_title_for(enterprise, recogniser)
    assert the_claim().outcome == "verified"
    assert len(titles_of(enterprise.id)) == 2
    assert mailbox.subjects(OWNER)[-1] == "资质已核实登记：高新技术企业"
