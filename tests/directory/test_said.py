"""What an entry says, read from its text only when it is asked for."""

from __future__ import annotations

import json

from portal.directory.queries.said import Said


def test_what_is_said_reads_like_the_object_it_is_kept_as() -> None:
    said = Said('{"title_zh": "示例机会", "details": []}')
    assert said["title_zh"] == "示例机会"
    assert "withdrawn" not in said
    assert dict(said) == json.loads(said.text)
    assert len(said) == 2


def test_the_text_says_whether_two_are_the_same() -> None:
    one, same, other = Said('{"a": 1}'), Said('{"a": 1}'), Said('{"a": 2}')
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one == {"a": 1}


def test_text_is_not_read_before_it_is_asked_for() -> None:
    assert hash(Said("no JSON at all")) is not None
