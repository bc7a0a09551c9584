"""Every cell of the sheet: taken, put right and said, asked about, or refused."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from portal.classification.queries.claims import title_words
from portal.enterprises.importing import numbers
from portal.enterprises.importing.checking import Facts, RowChecker
from portal.enterprises.importing.columns import FORM
from portal.enterprises.importing.vocabulary import load_vocabulary
from portal.sheets.cells import Cell
from portal.sheets.reading import reading
from portal.sheets.terms import Kind, Level
from portal.taxonomy.queries import get_term
from portal.taxonomy.terms import Scheme
from tests.enterprises.sheets import TITLES, row, said_of, sheet
from tests.factories import make_uscc
from tests.sheets.files import xlsx_file

pytestmark = pytest.mark.usefixtures("app")
CARD = "51140219900307001X"
GOOD_CODE = make_uscc(7)
FILE_GOES = ("skipped", "")  # said of the file: it is not kept, because such a number stands in it


def facts_of(**cells: str) -> Facts:
    """Return what one row says."""
    with reading(sheet(row(**cells)), "a.csv", FORM) as found:
        checker = RowChecker(found.walk, load_vocabulary(title_words()), None, {})
        first = next(found.walk.steps())[0]
        return checker.check(first).facts


def test_a_good_row_says_nothing() -> None:
    assert said_of(sheet(row())) == []


@pytest.mark.parametrize(
    ("code", "level", "words"),
    [
        ("", "refused", "填写统一社会信用代码"),
        (GOOD_CODE[:-1], "refused", "18位"),
        (GOOD_CODE[:-1] + "I", "refused", "I、O、S、V、Z"),
        (GOOD_CODE[:-1] + ("0" if GOOD_CODE[-1] != "0" else "1"), "refused", "校验"),
        ("0" * 18, "refused", ""),
        ("511402000000000", "refused", "15位"),
        ("9.15114E+17", "refused", "四舍五入"),
        ("915114021234567000", "refused", "四舍五入"),
        (CARD, "refused", "身份证"),
        (f" {GOOD_CODE.lower()} ", "fixed", f"写作“{GOOD_CODE}”"),
        ("\u202e" + GOOD_CODE, "fixed", f"写作“{GOOD_CODE}”"),
    ],
)
def test_codes(code: str, level: str, words: str) -> None:
    said = said_of(sheet(row(统一社会信用代码=code)))
    expected = [(level, "统一社会信用代码"), *([FILE_GOES] if code == CARD else [])]
    assert [(each[0], each[1]) for each in said] == expected
    assert words in said[0][2]
    assert CARD not in said[0][2]


def test_a_code_kept_as_a_number_is_refused_however_it_looks() -> None:
    rows = [TITLES[:4], [1, "示例甲有限公司", 915114021234567890, "东坡区"]]
    said = said_of(xlsx_file(rows), "a.xlsx")
    assert [level for level, *_ in said] == ["refused"]
    assert "四舍五入" in said[0][2]


@pytest.mark.parametrize(
    ("text", "amount", "words"),
    [
        ("100", "100", ""),
        ("56.8", "56.8", ""),
        ("1,200.5", "1200.5", "“1,200.5”读作1200.5"),
        ("１２００", "1200", ""),
        ("1.2亿元", "12000", "读作12000万元"),
        ("500万", "500", "读作500万元"),
        ("人民币500万元整", "500", "读作500万元"),
        ("5000000元", "500", "读作500万元"),
        ("1.5E+3", "1500", "读作1500"),
        ("0", "0", ""),
        ("—", None, "视为空白"),
        ("约500", None, "不是这一列的内容"),
        ("12,34", None, "不是这一列的内容"),
        ("1000000", "1000000", ""),
        ("1000001", "1000001", "是否误以元为单位"),
    ],
)
def test_amounts(text: str, amount: str | None, words: str) -> None:
    said = said_of(sheet(row(注册资本=text)))
    assert words in (said[0][2] if said else "")
    assert bool(said) == bool(words)
    assert facts_of(注册资本=text).registered_capital == (Decimal(amount) if amount else None)


@pytest.mark.parametrize("text", ["-5", "99999999999"])
@pytest.mark.parametrize("column", ["注册资本", "上年营业收入"])
def test_amounts_that_cannot_be_refuse_the_row(column: str, text: str) -> None:
    assert [level for level, *_ in said_of(sheet(row(**{column: text})))] == ["refused"]


@pytest.mark.parametrize(
    ("text", "share", "level"),
    [
        ("3.5", "0.035", None),
        ("3.5%", "0.035", "fixed"),
        ("0.035", "0.00035", "warned"),
        ("0.2", "0.002", None),
        ("120", "1.2", "warned"),
        ("2000", None, "warned"),
        ("-1", None, "refused"),
        ("很高", None, "warned"),
    ],
)
def test_shares(text: str, share: str | None, level: str | None) -> None:
    said = said_of(sheet(row(研发投入占比=text)))
    expected = [level] if level else []
    assert [each[0] for each in said] == [*expected, *(["skipped"] if CARD in text else [])]
    assert facts_of(研发投入占比=text).rd_share == (Decimal(share) if share else None)


def test_a_percent_cell_of_a_workbook_is_read_as_it_is_shown() -> None:
    said: list[tuple[Level, str]] = []
    cell = Cell("0.035", Kind.PERCENT)
    found = numbers.share(cell, lambda level, message: said.append((level, message)))
    assert found == Decimal("0.035")
    assert said == [(Level.FIXED, "“0.035”读作3.5%")]


@pytest.mark.parametrize(
    ("text", "day", "level"),
    [
        ("2003-10-29", "2003-10-29", None),
        ("2003.10.29", "2003-10-29", "fixed"),
        ("2003/10/29", "2003-10-29", "fixed"),
        ("2003年10月29日", "2003-10-29", "fixed"),
        ("20031029", "2003-10-29", "fixed"),
        ("2003-10-29 00:00:00", "2003-10-29", "fixed"),
        ("37923", "2003-10-29", "fixed"),
        ("2003年10月", None, "warned"),
        ("2003-02-30", None, "warned"),
        ("1948-01-01", None, "warned"),
        ("2026-11-23", None, "warned"),
        ("去年", None, "warned"),
    ],
)
def test_days(text: str, day: str | None, level: str | None) -> None:
    said = said_of(sheet(row(成立日期=text)))
    expected = [level] if level else []
    assert [each[0] for each in said] == [*expected, *(["skipped"] if CARD in text else [])]
    found = facts_of(成立日期=text).established_on
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_day_cells_of_both_systems_are_the_day_they_show(epoch: int) -> None:
    def change(book: object) -> None:
        if epoch == 1904:
            book.epoch = datetime(1904, 1, 1)  # type: ignore[attr-defined]

    rows = [[*TITLES[:4], "成立日期"], [1, "示例甲有限公司", GOOD_CODE, "东坡区", None]]
    rows[1][4] = datetime(2003, 10, 29)
    source = xlsx_file(rows, change)
    assert said_of(source, "a.xlsx") == []
    with reading(source, "a.xlsx", FORM) as found:
        checker = RowChecker(found.walk, load_vocabulary([]), None, {})
        facts = checker.check(next(found.walk.steps())[0]).facts
    assert str(facts.established_on) == "2003-10-29"


@pytest.mark.parametrize(
    ("column", "text", "level", "words"),
    [
        ("所属县区", "东坡", None, ""),
        ("所属县区", "眉山市东坡区", None, ""),
        ("所属县区", "东波区", "refused", "是否为：东坡区"),
        ("所属县区", "", "refused", "缺少所属县区"),
        ("所属园区", "眉山高新技术产业园区", None, ""),
        ("所属园区", "彭山经开区", "warned", "不在东坡区"),
        ("产业", "机械及高端装备制造", None, ""),
        ("产业", "新能源", "warned", "是否为：新能源新材料"),
        ("新经济类别", "新技术、新产业", None, ""),
        ("新经济类别", "智能经济", "fixed", "读作新业态"),
        ("新经济类别", "新奇", "warned", "没有“新奇”这一名称"),
        ("行业代码", "38", None, ""),
        ("行业代码", "C3841", "fixed", "归入行业大类38"),
        ("行业代码", "99", "warned", "没有行业大类99"),
        ("资质", "高企", None, ""),
        ("资质", "高企；省级单项冠军", None, ""),
        ("资质", "单项冠军", "fixed", "级别留空"),
        ("资质", "新经济示范企业", "warned", "没有读入"),
        ("资质", "世界五百强", "warned", "没有“世界五百强”这一名称"),
        ("从业人数", "326人", "fixed", "读作326"),
        ("从业人数", "12.5", "warned", "不是这一列的内容"),
        ("从业人数", "-3", "refused", "负数"),
        ("网址", "example.com", "fixed", "https://example.com"),
        ("网址", "没有网站的", "warned", "不是这一列的内容"),
        ("企业名称", "", "refused", "缺少企业名称"),
        ("企业名称", "示例\u200b甲有限公司", "fixed", "不可见字符"),
        ("企业名称", f"示例{CARD}公司", "refused", "身份证"),
        ("企业名称", "=HYPERLINK(1)", "refused", "公式"),
        ("主营产品", "灯具、" * 120, "warned", "只保留到"),
        ("备注", "示例备注", "skipped", "1条备注没有读入"),
    ],
)
def test_the_other_columns(column: str, text: str, level: str | None, words: str) -> None:
    said = said_of(sheet(row(**{column: text})))
    expected = [level] if level else []
    assert [each[0] for each in said] == [*expected, *(["skipped"] if CARD in text else [])]
    assert words in (said[0][2] if said else "")
    assert CARD not in str(said)


def test_a_place_in_a_chain_brings_its_industry_and_must_fit_it() -> None:
    assert said_of(sheet(row(产业="新能源新材料", 产业链环节="储能电池"))) == []
    assert [each[0] for each in said_of(sheet(row(产业链环节="储能电池")))] == ["fixed"]
    said = said_of(sheet(row(产业="生物医药", 产业链环节="储能电池")))
    assert [each[0] for each in said] == ["warned"]
    assert facts_of(产业="生物医药", 产业链环节="储能电池").node_id is None


def test_a_code_twice_refuses_the_second_and_names_the_first() -> None:
    said = said_of(sheet(row(), row(企业名称="示例乙有限公司")))
    assert said == [("refused", "统一社会信用代码", "与第2行的代码相同，请只保留一行")]


def test_a_refused_row_does_not_take_its_code() -> None:
    assert [each[0] for each in said_of(sheet(row(企业名称=""), row()))] == ["refused"]


def test_a_district_clerk_imports_for_the_own_district_only() -> None:
    own = {get_term(Scheme.DISTRICT, "renshou").id}
    said = said_of(sheet(row(), row(所属县区="仁寿县")), district_ids=own)
    assert said == [("refused", "所属县区", "您只能导入本区县的企业，这一行请交由所在区县导入")]
