"""Official lists after the dry run: settled row by row, undone, and the officers' pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.classification.actions import list_rows
from portal.classification.actions.titles import withdraw_title
from portal.classification.queries import counts
from portal.classification.queries.titles import titles_of
from portal.enterprises.models import Enterprise
from portal.errors import Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import claimed_by, make_enterprise, make_recogniser
from tests.classification.list_factories import (
    findings,
    hand_in,
    leave_registry,
    line,
    on_record,
    record,
    rename,
    row,
    undo,
)
from tests.enterprises.sheets import firms, hand_in_sheet, sheet
from tests.files.factories import upload
from tests.worker import drain

SignIn = Callable[[Person], Browser]
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def recogniser(app: object) -> Person:
    return make_recogniser()


@pytest.fixture
def enterprise(app: object) -> Enterprise:
    return make_enterprise()


def test_a_row_is_settled_later_for_the_record_that_came_meanwhile(recogniser: Person) -> None:
    official = hand_in(recogniser, line(1, "四川后来入库有限公司"))
    record(recogniser, official)
    enterprise = make_enterprise(5, name="四川后来入库有限公司")
    assert list_rows.look_again() == 1
    found = row(official, 2)
    assert (found.finding, found.enterprise_id) == ("likely", enterprise.id)
    assert list_rows.look_again() == 0
    with pytest.raises(Refused, match="打开后该行已有变动"):
        list_rows.match_row(recogniser, found, found.version - 1, enterprise)
    title = list_rows.match_row(recogniser, found, found.version, enterprise)
    assert (title.number, title.list_id) == ("GR202451000001", official.id)
    with pytest.raises(Refused, match="已办结"):
        list_rows.match_row(recogniser, row(official, 2), row(official, 2).version, enterprise)
    assert findings(hand_in(recogniser, line(1, "四川后来入库有限公司"))) == ["known"]


def test_what_changed_since_the_dry_run_is_left_out_and_says_so(
    enterprise: Enterprise, recogniser: Person
) -> None:
    make_enterprise(2, name="示例甲乙公司")
    official = hand_in(
        recogniser,
        line(1, "四川岷江储能科技有限公司"),
        line(2, "示例甲乙公司"),
        line(3, "示例丙丁公司"),
    )
    rename(make_enterprise(3), "示例丙丁公司")
    leave_registry(enterprise)
    assert record(recogniser, official) == 1
    assert findings(official) == ["unmatched", "exact", "unmatched"]
    with pytest.raises(Refused, match="已登记、撤销或放弃"):
        record(recogniser, official)


def test_a_list_is_undone_while_nothing_rests_on_it(
    enterprise: Enterprise, recogniser: Person
) -> None:
    job = hand_in_sheet(sheet(*firms(1, 900)))
    named = claimed_by(enterprise, job.id, "high_tech")
    before = clock.now()
    official = hand_in(recogniser, line(1, "四川岷江储能科技有限公司"))
    record(recogniser, official)
    assert named.outcome == "verified"
    after = clock.now()
    assert undo(recogniser, official) == 1
    assert (on_record(), named.outcome, named.is_open) == (0, "", True)
    assert counts.count_family("high_tech", clock.today(), before) == 0
    assert counts.count_family("high_tech", clock.today(), after) == 1
    again = hand_in(recogniser, line(1, "四川岷江储能科技有限公司"))
    record(recogniser, again)
    title = titles_of(enterprise.id)[0].title
    withdraw_title(recogniser, title, title.version, "示例")
    with pytest.raises(Refused, match="四川岷江储能科技有限公司"):
        undo(recogniser, again)


def test_a_list_is_recorded_as_one_line_in_the_trail_with_a_digest(
    enterprise: Enterprise, recogniser: Person
) -> None:
    make_enterprise(2, name="示例甲乙公司")
    official = hand_in(recogniser, line(1, "四川岷江储能科技有限公司"), line(2, "示例甲乙公司"))
    last = db.session.scalar(select(func.max(AuditEvent.id))) or 0
    record(recogniser, official)
    confirmed, recorded = db.session.scalars(select(AuditEvent).where(AuditEvent.id > last)).all()
    assert (confirmed.act, confirmed.changes["rows"]) == ("record_list", [None, 2])
    assert confirmed.actor_id == recogniser.id
    assert (recorded.act, recorded.changes["titles"]) == ("list_recorded", [0, 2])
    assert recorded.changes["sha256"][1] == official.digest
    assert len(official.digest) == 64


def test_an_officer_hands_a_list_in_reads_the_report_confirms_and_settles(
    app: Flask, enterprise: Enterprise, recogniser: Person, someone: SignIn
) -> None:
    officer = someone(recogniser)
    page = officer.get("/bureau/titles/lists")
    page = officer.get(page.link("录入名单"))
    source = {
        "kind": "high_tech",
        "source_title": "示例：名单",
        "source_number": "示例〔2024〕1号",
        "source_date": "2024-11-05",
        "source_url": "",
        "batch": "2024年",
        "granted_on": "",
    }
    page = officer.post("/bureau/titles/lists/new", source, 422)
    assert page.errors == ["请选择文件或粘贴各行，二者择一"]
    assert page.one("input", id="source_number").get("value") == "示例〔2024〕1号"
    rows = (
        "企业名称\t证书编号\n四川岷江储能科技有限公司\tGR202451000001\n"
        "眉山岷江储能有限公司\tGR202451000002"
    )
    page = officer.post("/bureau/titles/lists/new", source | {"pasted": rows})
    assert "已读取0行" in page.main
    assert officer.response.headers["Refresh"]
    drain(app)
    page = officer.get(page.path)
    assert "Refresh" not in officer.response.headers
    assert "1行可以登记" in page.main
    page = officer.send(page, "/record")
    assert "共1项资质，已登记0项" in page.main
    drain(app)
    page = officer.get(page.path)
    assert "已登记1项资质" in page.html
    report = officer.get(f"{page.path}.csv").html.splitlines()
    assert report[1].split(",")[1] == "四川岷江储能科技有限公司"
    assert "未匹配，待处理" in report[2]
    waiting = officer.get("/bureau/titles/lists/waiting?kind=high_tech")
    page = officer.get(waiting.link("第3行"))
    assert "眉山岷江储能有限公司" in page.main
    page = officer.get(f"{page.path}?q=岷江")
    page = officer.send(page, "/outside")
    assert "没有待处理的行" in page.main
    csv = upload("企业名称,编号\n示例无人公司,GR202451000009\n".encode(), "名单.csv")
    page = officer.post("/bureau/titles/lists/new", source | {"file": csv})
    drain(app)
    page = officer.send(officer.get(page.path), "/discard")
    assert "没有登记任何资质" in page.html
    broken = upload(b"%PDF-1.4", "名单.xlsx")
    page = officer.post("/bureau/titles/lists/new", source | {"file": broken}, 422)
    assert page.errors[0].startswith("这是PDF文件")


def test_pages_are_written_in_english_too(
    enterprise: Enterprise, recogniser: Person, someone: SignIn
) -> None:
    official = hand_in(recogniser, line(1, "眉山岷江储能科技有限公司"))
    record(recogniser, official)
    officer = someone(recogniser)
    officer.client.set_cookie("language", "en")
    for path in ("", "/new", f"/{official.id}", "/waiting", f"/{official.id}/rows/2"):
        officer.get(f"/bureau/titles/lists{path}")
