"""Official lists in bulk: matched, confirmed, settled later, undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.actions import list_rows
from portal.classification.queries import counts
from portal.classification.queries.titles import titles_of
from portal.enterprises.models import Enterprise, EnterpriseName
from portal.errors import NotAllowed
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import (
    make_enterprise,
    make_recogniser,
    record_title_for,
)
from tests.classification.list_factories import (
    findings,
    hand_in,
    line,
    on_record,
    record,
    row,
    undo,
)
from tests.factories import make_officer, make_uscc
from tests.statements import counted_statements

SignIn = Callable[[Person], Browser]
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def recogniser(app: object) -> Person:
    return make_recogniser()


@pytest.fixture
def enterprise(app: object) -> Enterprise:
    return make_enterprise()


def test_rows_are_matched_by_code_name_and_former_name(
    enterprise: Enterprise, recogniser: Person
) -> None:
    other, third = (
        make_enterprise(2, name="示例甲乙公司"),
        make_enterprise(3, name="眉山新名有限公司"),
    )
    db.session.add(
        EnterpriseName(enterprise_id=third.id, name="眉山（旧名）有限公司", recorded_at=clock.now())
    )
    db.session.commit()
    official = hand_in(
        recogniser,
        line(1, "四川岷江储能科技有限公司", enterprise.uscc),
        line(2, " 示例甲乙公司　"),
        line(3, "眉山(旧名)有限公司"),
    )
    assert findings(official) == ["exact"] * 3
    assert [row(official, n).message for n in (2, 3, 4)] == [
        "信用代码相符",
        "名称相符",
        "曾用名相符",
    ]
    assert on_record() == 0
    assert record(recogniser, official) == 3
    assert counts.count_family("high_tech", clock.today()) == 3
    title = titles_of(other.id)[0].title
    assert (title.number, title.batch, title.level) == (
        "GR202451000002",
        "2024年第二批",
        "national",
    )
    assert title.source_number == "示例〔2024〕00号"


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("眉山岷江储能科技有限责任公司", "", "名称仅地名或组织形式不同"),
        ("四川岷江储熊科技有限公司", "", "名称相差一个字"),
        ("四川另一个名字有限公司", make_uscc(1), "信用代码相符，名称不同"),
        ("四川岷江储能科技有限公司", make_uscc(99), "名称相符，信用代码不同"),
        ("四川岷江储能科技有限公司", "91511402MA00000010", "名称相符，该行信用代码有误"),
    ],
)
def test_what_is_only_likely_is_proposed_with_the_reason_and_never_recorded_by_itself(
    enterprise: Enterprise, recogniser: Person, name: str, code: str, why: str
) -> None:
    official = hand_in(recogniser, line(1, name, code))
    found = row(official, 2)
    assert (found.finding, found.message, found.enterprise_id) == ("likely", why, enterprise.id)
    record(recogniser, official)
    assert on_record() == 0
    assert row(official, 2).is_waiting


def test_two_records_of_one_core_are_never_guessed_between(recogniser: Person) -> None:
    make_enterprise(2, name="眉山甲乙丙有限公司")
    make_enterprise(3, name="四川甲乙丙有限公司")
    official = hand_in(recogniser, line(1, "甲乙丙股份有限公司"))
    found = row(official, 2)
    assert (found.finding, found.enterprise_id) == ("unmatched", None)
    assert found.message == "有多家企业名称与此相符"


def test_repeated_and_contradictory_rows_are_named_with_both_numbers(
    enterprise: Enterprise, recogniser: Person
) -> None:
    make_enterprise(2, name="示例甲乙公司")
    name = "四川岷江储能科技有限公司"
    official = hand_in(
        recogniser,
        line(1, name, enterprise.uscc, 1),
        line(2, name, "", 1),
        line(3, "示例甲乙公司", "", 3),
        line(4, "示例甲乙公司", "", 4),
    )
    assert findings(official) == ["exact", "repeated", "contradictory", "contradictory"]
    assert row(official, 3).message == "第3行与第2行重复"
    assert row(official, 4).message == "第4行与第5行互相矛盾"
    assert row(official, 5).message == "第5行与第4行互相矛盾"
    one_number = hand_in(recogniser, line(1, name), line(2, "示例甲乙公司", "", 1))
    assert findings(one_number) == ["contradictory", "contradictory"]
    assert row(one_number, 2).message == "第2行与第3行互相矛盾"


def test_a_contradiction_of_an_exact_row_keeps_it_out_too(
    enterprise: Enterprise, recogniser: Person
) -> None:
    name = "四川岷江储能科技有限公司"
    official = hand_in(recogniser, line(1, name, "", 1), line(2, name, "", 2))
    assert record(recogniser, official) == 0


def test_the_same_list_twice_changes_nothing_and_a_new_batch_adds(
    enterprise: Enterprise, recogniser: Person
) -> None:
    lines = [line(1, "四川岷江储能科技有限公司"), line(2, "示例无人公司")]
    first = hand_in(recogniser, *lines)
    record(recogniser, first)
    again = hand_in(recogniser, *lines)
    assert findings(again) == ["known", "known"]
    assert row(again, 3).message == f"名单第{first.id}号第3行已在待办"
    assert record(recogniser, again) == 0
    assert on_record() == 1
    list_rows.settle_outside(recogniser, row(first, 3), row(first, 3).version)
    assert row(hand_in(recogniser, *lines), 3).message == f"名单第{first.id}号第3行已标为库外"
    renewed = hand_in(recogniser, line(1, "四川岷江储能科技有限公司", "", 9, "2021-11-05"))
    assert record(recogniser, renewed) == 1
    assert counts.count_family("high_tech", clock.today()) == 1


def test_what_contradicts_the_record_is_left_out(
    enterprise: Enterprise, recogniser: Person
) -> None:
    record_title_for(enterprise, recogniser)
    make_enterprise(2, name="示例甲乙公司")
    official = hand_in(
        recogniser,
        line(1, "示例甲乙公司", "", 1),
        line(7, "四川岷江储能科技有限公司", "", 7),
    )
    assert findings(official) == ["contradictory", "contradictory"]
    assert "已登记在" in row(official, 2).message
    assert "已登记编号GR202451000001" in row(official, 3).message


def test_what_cannot_be_right_says_so_at_its_row(
    enterprise: Enterprise, recogniser: Person
) -> None:
    official = hand_in(
        recogniser,
        "1,四川岷江储能科技有限公司,,GR202451000001,2027-01-01",
        "2,,91511402MA00000010,GR202451000002,2024-11-05",
        "3,示例公司,,GR202451000003,十一月",
        "4,示例四公司,,！,2024-11-05",
    )
    assert findings(official) == ["refused"] * 4
    assert [row(official, n).message for n in (2, 3, 4, 5)] == [
        "日期尚未到来，请核对",
        "缺少企业名称，请补填",
        "授予日期：“十一月”不是日期",
        "请按原件填写编号，可含文字、字母、数字、括号和连接号",
    ]


def test_names_alone_one_a_line_are_numbered_by_their_place(
    enterprise: Enterprise, recogniser: Person
) -> None:
    official = hand_in(recogniser, "四川岷江储能科技有限公司", "示例无人公司", head="")
    assert [each.number for each in (row(official, 1), row(official, 2))] == [
        "名单第1项",
        "名单第2项",
    ]
    assert findings(official) == ["exact", "unmatched"]
    assert official.notes == ["名单没有编号，已按各行在名单中的顺序编号"]


def test_a_running_number_is_the_place_on_the_list(
    enterprise: Enterprise, recogniser: Person
) -> None:
    official = hand_in(recogniser, "88,四川岷江储能科技有限公司", head="序号,企业名称")
    assert row(official, 2).number == "名单第88项"
    assert row(official, 2).granted_on == official.source_date


def test_statements_do_not_grow_with_the_rows(recogniser: Person) -> None:
    for serial in range(2, 12):
        make_enterprise(serial, name=f"示例{'甲乙丙丁戊己庚辛壬癸子丑'[serial]}{serial}公司")

    def statements(names: int) -> int:
        lines = [
            line(n, f"示例{'甲乙丙丁戊己庚辛壬癸子丑'[n]}{n}公司", "", n + names * 100)
            for n in range(2, names + 2)
        ]
        official = hand_in(recogniser, *lines)
        db.session.expire_all()
        with counted_statements() as counted:
            assert record(recogniser, official) == names
        undo(recogniser, official)
        return len([text for text in counted if text.lstrip().upper().startswith("SELECT")])

    assert statements(10) == statements(2)


def test_other_departments_and_own_enterprises_are_kept_out(
    enterprise: Enterprise, recogniser: Person
) -> None:
    industry = make_recogniser("meishan-eit", "eit@portal.example")
    with pytest.raises(NotAllowed):
        hand_in(industry, line(1, "四川岷江储能科技有限公司"))
    here = make_officer(
        Right.RECOGNISE, mail="there@portal.example", department="meishan-sci", district="renshou"
    )
    official = hand_in(here, line(1, "四川岷江储能科技有限公司"))
    assert row(official, 2).message == "该企业由其他区县的工作人员登记"
