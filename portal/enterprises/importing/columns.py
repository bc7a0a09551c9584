"""The columns of the bureau's sheet of enterprises."""

from __future__ import annotations

from portal.sheets.header import Column, Titles
from portal.sheets.reading import Form

COLUMNS = (
    Column("ref", "序号", ("编号", "No.")),
    Column("name", "企业名称", ("单位名称", "公司名称", "企业全称"), required=True),
    Column(
        "uscc",
        "统一社会信用代码",
        ("社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码(18位)"),
        required=True,
    ),
    Column(
        "district", "所属县区", ("所属区县", "县区", "区县", "县（区）", "区（县）"), required=True
    ),
    Column("zone", "所属园区", ("园区", "功能区", "所属功能区")),
    Column("key_industry", "产业", ("所属产业", "重点产业")),
    Column("node", "产业链环节", ("所属产业链环节",)),
    Column("pillars", "新经济类别", ("四新类别",)),
    Column("titles", "资质", ("资质称号", "称号与资质", "企业资质")),
    Column("industry", "行业代码", ("国民经济行业代码",)),
    Column("established_on", "成立日期", ("成立时间", "注册日期")),
    Column("registered_capital", "注册资本（万元）"),
    Column("revenue", "上年营业收入（万元）"),
    Column("rd_share", "研发投入占比（%）", ("研发投入占比",)),
    Column("employees", "从业人数", ("从业人员数", "员工人数", "从业人数（人）")),
    Column("products", "主营产品", ("主要产品", "主营业务")),
    Column("website", "网址", ("网站", "企业网址")),
    Column("remark", "备注"),
)
TITLES = Titles(COLUMNS)
TITLE_OF = {column.key: column.title for column in COLUMNS}
FORM = Form(TITLES, ("name", "uscc"), unread="remark")
FIGURES = ("revenue", "rd_share", "employees")  # metrics, by the same keys
