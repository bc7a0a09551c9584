"""Form fields clean what is typed and say one clear thing about what they cannot take."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.errors import Refused
from portal.web.forms import (
    AddressField,
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    CodeField,
    DateField,
    Form,
    MailField,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SecretField,
    TickField,
    VersionedForm,
    WholeNumberField,
)

HAN = re.compile("[\u3400-\u9fff]")
CHOICES = [("", "请选择"), ("a", "甲"), ("b", "乙")]


class Sample(VersionedForm):
    name = CleanedStringField("企业名称", [Required("请填写企业名称")], longest=10)
    text = CleanedTextField("简介", longest=20)
    code = CodeField("信用代码", longest=18)
    mail = MailField("邮箱")
    site = AddressField("网址")
    secret = SecretField("口令")
    capital = MoneyField("注册资本", [Optional()])
    staff = WholeNumberField("人数")
    day = DateField("成立日期")
    size = ChoiceField("规模", choices=CHOICES)
    scale = RadioField("类型", choices=CHOICES)
    shown = ChoicesField("公开", choices=CHOICES)
    agreed = TickField("同意", [Required("请确认")])


def sent(**values: Any) -> Sample:
    """Return the form as sent with these values, complete otherwise, and checked."""
    filled = {"name": "示例公司", "version": "1", "agreed": "y"} | values
    form = Sample(formdata=MultiDict(filled), meta={"csrf": False})
    form.validate()
    return form


@pytest.mark.usefixtures("here")
class TestCleaning:
    @pytest.mark.parametrize(
        ("field", "typed", "kept"),
        [
            ("name", " 示例　公司\u200b ", "示例 公司"),
            ("name", "四川（示例）Ａ１", "四川（示例）A1"),
            ("text", "一\r\n 二 \r\n", "一\n二"),
            ("code", "９１５１１４０2 ma00000x0k", "91511402MA00000X0K"),
            ("mail", " name＠example．com ", "name@example.com"),
            ("site", "www.example.com/", "https://www.example.com/"),
            ("secret", " a　b ", " a　b "),
            ("capital", "１，２００．５０", Decimal("1200.50")),
            ("capital", "1,200,000", Decimal(1200000)),
            ("staff", "3，260", 3260),
            ("day", "2025-11-25", date(2025, 11, 25)),
            ("day", "2025年1月5日", date(2025, 1, 5)),
            ("day", "２０２５／０１／０５", date(2025, 1, 5)),
            ("size", "b", "b"),
            ("shown", "a", ["a"]),
        ],
    )
    def test_it_is_put_right(self, field: str, typed: str, kept: object) -> None:
        form = sent(**{field: typed})
        assert form[field].data == kept
        assert form.errors == {}

    def test_it_says_that_something_was_changed(self) -> None:
        assert sent(code="9a").code.was_cleaned
        assert not sent(code="9A").code.was_cleaned

    def test_the_cleaned_value_is_shown(self) -> None:
        assert 'value="1200.5"' in str(sent(capital="１，２００．５").capital())


@pytest.mark.usefixtures("here")
class TestRefusing:
    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("name", "字" * 11),
            ("name", "a\0b"),
            ("name", "\ufffd"),
            ("name", "   "),
            ("text", "x\x1b[0m"),
            ("mail", "name"),
            ("mail", "a b@example.com"),
            ("site", "javascript:alert(1)"),
            ("site", "ftp://example.com"),
            ("capital", "一千"),
            ("capital", "-1"),
            ("capital", "."),
            ("capital", "1e9"),
            ("capital", "nan"),
            ("capital", "1.0000001"),
            ("capital", "9" * 30),
            ("staff", "1.5"),
            ("staff", "٣"),
            ("day", "2025-02-30"),
            ("day", "0001-01-01"),
            ("day", "昨天"),
            ("size", "c"),
            ("scale", "c"),
            ("shown", "c"),
        ],
    )
    def test_one_sentence_in_chinese(self, field: str, typed: str) -> None:
        form = sent(**{field: typed})
        assert len(form[field].errors) == 1
        assert HAN.search(form[field].errors[0])

    def test_what_was_typed_is_shown_again(self) -> None:
        assert 'value="一千"' in str(sent(capital="一千").capital())

    def test_nothing_chosen_or_ticked(self) -> None:
        form = Sample(formdata=MultiDict({"version": "1"}), meta={"csrf": False})
        assert not form.validate()
        assert form.name.errors == ["请填写企业名称"]
        assert form.agreed.errors == ["请确认"]

    @pytest.mark.parametrize("version", ["", "x", "-1", "1" * 12])
    def test_a_tampered_version_speaks_in_the_summary(self, version: str) -> None:
        form = sent(version=version)
        assert form.form_errors == ["此表单已不是最新，请重新打开页面再办理"]
        assert form.wrong_fields == []

    def test_a_business_refusal_goes_to_its_field_or_the_summary(self) -> None:
        form = sent()
        form.refuse(Refused("该企业已注册", field="code"))
        form.refuse(Refused("本批已截止"))
        assert form.code.errors == ["该企业已注册"]
        assert form.form_errors == ["本批已截止"]
        assert form.wrong_count == 2


def test_a_form_carries_its_token(here: Flask) -> None:
    assert "csrf_token" in Form(formdata=None)
