"""A sentence that was kept is said again in the language of whoever reads it."""

from __future__ import annotations

import json

from flask import Flask
from flask_babel import force_locale

from portal.wording import Worded, gettext, kept, reworded

CHECK = "The date of establishment is still to come: check it"
LEFT = "%(why)s; left empty"


def test_a_sentence_within_a_sentence_is_said_in_the_language_of_each_reader(app: Flask) -> None:
    with force_locale("zh_Hans_CN"):
        said = gettext(LEFT, why=gettext(CHECK))
        assert said == "成立日期晚于今天，请核对，该项留空"
    again = json.loads(json.dumps(kept(said)))
    with force_locale("en"):
        assert reworded(again) == f"{CHECK}; left empty"


def test_what_is_kept_does_not_depend_on_the_language_it_was_said_in(app: Flask) -> None:
    found = []
    for language in ("zh_Hans_CN", "en"):
        with force_locale(language):
            found.append(kept(gettext(LEFT, why=[gettext(CHECK), "示例", 3])))
    assert found[0] == found[1]


def test_a_text_that_is_no_sentence_stays_as_it_is(app: Flask) -> None:
    for text in ("", "示例 100%", '["示例", {}]', "%(why)s"):
        assert reworded(json.loads(json.dumps(kept(text)))) == text


def test_a_column_gives_back_nothing_for_nothing(app: Flask) -> None:
    assert Worded().process_bind_param(None, None) is None  # type: ignore[arg-type]
    assert Worded().process_result_value(None, None) is None  # type: ignore[arg-type]
