"""The columns official lists have, by the titles grantors give them."""

from __future__ import annotations

from portal.sheets.header import Column, Titles

COLUMNS = (
    Column("ref", "序号", ("No.",)),
    Column(
        "name",
        "企业名称",
        ("单位名称", "公司名称", "企业全称", "名称", "企业", "Enterprise"),
        required=True,
    ),
    Column(
        "uscc",
        "统一社会信用代码",
        ("社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码(18位)", "Code"),
    ),
    Column("level", "级别", ("等级", "层级", "Level")),
    Column(
        "number",
        "编号",
        ("证书编号", "入库登记编号", "登记编号", "认定编号", "证书号", "名单编号", "Number"),
    ),
    Column("batch", "批次", ("年度批次", "认定批次", "年度", "认定年度", "Batch")),
    Column(
        "subject",
        "产品或平台",
        ("产品名称", "主导产品", "主营产品", "平台名称", "项目名称", "示范产品", "Subject"),
    ),
    Column(
        "granted_on",
        "授予日期",
        ("发证日期", "发证时间", "认定日期", "认定时间", "公布日期", "公告日期", "Granted on"),
    ),
    Column("valid_from", "有效期起", ("有效期自", "有效期开始", "Valid from")),
    Column("valid_until", "有效期止", ("有效期至", "有效期结束", "到期日期", "Valid until")),
    Column("remark", "备注"),
)
TITLES = Titles(COLUMNS)
TITLE_OF = {column.key: column.title for column in COLUMNS}
IDENTITY = ("name", "uscc")
LEVEL_WORDS = {
    "national": ("国家级", "国家", "部级", "national"),
    "provincial": ("省级", "省", "provincial"),
    "city": ("市级", "市", "city"),
    "other": ("公布名单", "other"),
}
