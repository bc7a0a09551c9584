"""The credit code: every fault has its sentence, every written form is cleaned, properties hold."""

from __future__ import annotations

import string

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.enterprises.rules import uscc
from portal.errors import Refused
from tests.factories import make_uscc

FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in string.ascii_letters + string.digits}
CHECKABLE = st.text(alphabet=uscc.ALPHABET, min_size=17, max_size=17)


def completed(first_17: str) -> str:
    return first_17 + uscc.check_character(first_17)


def said(app: Flask, value: str) -> str:
    """Return the Chinese sentence about a code, or nothing when it is good."""
    with app.test_request_context():
        try:
            uscc.check(value)
        except Refused as refusal:
            return refusal.message if refusal.field == "uscc" else "at no field"
    return ""


@pytest.mark.parametrize(
    "first_17",
    [
        "91511402MA0000001",
        "91511422MA0000001",  # the division abolished when the county became a district
        "91110000MA0000001",  # registered elsewhere, at work here
        "52511400MJ0000001",  # a private non-enterprise unit
        "12511400450000001",  # a public institution
        "93511402MA0000001",  # a farmers' cooperative
        "A1511402MA0000001",
        "N2511402MF0000001",
        "Y1511400MB0000001",
        "G1511400MB0000001",
    ],
)
def test_codes_of_every_authority_and_division_are_good(app: Flask, first_17: str) -> None:
    assert said(app, completed(first_17)) == ""


def test_the_example_of_the_standard_is_good(app: Flask) -> None:
    assert said(app, "91350100M000100Y43") == ""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "请填写统一社会信用代码"),
        ("511402000012345", "这是15位旧注册号，请填写18位统一社会信用代码"),
        (make_uscc(1)[:17], "统一社会信用代码应为18位，现为17位，请核对"),
        ("9.1511402E+17", "代码已被电子表格四舍五入，请按营业执照填写"),
        ("911511402123450000", "代码已被电子表格四舍五入，请按营业执照填写"),
        (make_uscc(1) + "0", "统一社会信用代码应为18位，现为19位，请核对"),
        (
            make_uscc(1).replace("0", "O"),
            "统一社会信用代码不含字符O：字母I、O、S、V、Z不使用，请核对是否为1、0、5、U、2",
        ),
        (
            "91511402MA00000*1岷",
            "统一社会信用代码不含字符* 岷：字母I、O、S、V、Z不使用，请核对是否为1、0、5、U、2",
        ),
        (completed("01511402MA0000001"), "第1位不是有效的登记管理部门代码，请核对"),
        (completed("B1511402MA0000001"), "第1位不是有效的登记管理部门代码，请核对"),
        ("511402199003070036", "这像是居民身份证号码，请填写企业的统一社会信用代码"),
        (completed("915A1402MA0000001"), "第3至8位应为6位数字的登记机关区划码，请核对"),
        (completed("91000000MA0000001"), "第3至8位应为6位数字的登记机关区划码，请核对"),
        ("1" * 18, "这不是真实代码，请按营业执照填写"),
        ("0" * 18, "这不是真实代码，请按营业执照填写"),
        (completed("91511402000000000"), "这不是真实代码，请按营业执照填写"),
        (make_uscc(1)[:17] + "0", "统一社会信用代码的校验位不对，请核对最后一位"),
    ],
)
def test_each_fault_has_its_sentence(app: Flask, value: str, sentence: str) -> None:
    assert said(app, value) == sentence


@given(CHECKABLE, st.integers(0, 16), st.sampled_from(uscc.ALPHABET))
def test_one_mistyped_character_is_always_noticed(first_17: str, place: int, char: str) -> None:
    wrong = first_17[:place] + char + first_17[place + 1 :]
    if wrong != first_17:
        assert uscc.check_character(wrong) != uscc.check_character(first_17)


@given(CHECKABLE, st.integers(0, 15))
def test_two_neighbours_exchanged_are_always_noticed(first_17: str, place: int) -> None:
    one, other = first_17[place], first_17[place + 1]
    wrong = first_17[:place] + other + one + first_17[place + 2 :]
    if one != other:
        assert uscc.check_character(wrong) != uscc.check_character(first_17)


@given(
    st.integers(0, 999),
    st.lists(st.tuples(st.integers(0, 18), st.sampled_from(" \t-\u3000\u200b\ufeff\u202d"))),
    st.booleans(),
    st.booleans(),
)
def test_however_it_is_written_the_same_code_is_read(
    serial: int, blanks: list[tuple[int, str]], is_wide: bool, is_small: bool
) -> None:
    code = written = make_uscc(serial)
    written = written.lower() if is_small else written
    written = written.translate(FULL_WIDTH) if is_wide else written
    for place, blank in blanks:
        written = written[:place] + blank + written[place:]
    assert uscc.clean(written) == code


@given(st.text(max_size=40))
def test_any_text_is_answered_and_hardly_any_is_a_code(application: Flask, text: str) -> None:
    assert said(application, uscc.clean(text)) != ""
