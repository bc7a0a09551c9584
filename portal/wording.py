"""Sentences that are kept and read later, each time in the language of whoever reads them."""

from __future__ import annotations

import json
from typing import Any

import flask_babel
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Sentence(str):
    """A sentence in the language it was asked for in, with the message id and the values it was
    made of; a value may be a sentence itself, or a list of them."""

    __slots__ = ("msgid", "values")
    msgid: str
    values: dict[str, Any]

    def __str__(self) -> Sentence:
        return self


def gettext(msgid: str, /, **values: Any) -> Sentence:
    """Return a message in the language in use, remembering how it was made."""
    shown = {name: listed(value) for name, value in values.items()}
    sentence = Sentence(flask_babel.gettext(msgid, **shown))
    sentence.msgid, sentence.values = msgid, values
    return sentence


def later(msgid: str) -> str:
    """Mark a message that is worded when it is needed."""
    return msgid


def listed(value: Any) -> Any:
    """Return the items of a list one behind the other, anything else as it is."""
    return "、".join(map(str, value)) if isinstance(value, list) else value


def kept(value: Any) -> Any:
    """Return a sentence as JSON keeps it: [message id, values]; other texts as they are."""
    if isinstance(value, Sentence):
        return [value.msgid, {name: kept(each) for name, each in value.values.items()}]
    return {"list": [kept(each) for each in value]} if isinstance(value, list) else value


def reworded(kept: Any) -> Any:
    """Return what was kept, in the language in use."""
    if isinstance(kept, list):
        msgid, values = kept
        return gettext(msgid, **{name: reworded(each) for name, each in values.items()})
    return [reworded(each) for each in kept["list"]] if isinstance(kept, dict) else kept


class Worded(TypeDecorator[str]):
    """A sentence, kept by its message id and values: every reader gets it in their language."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(kept(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else reworded(json.loads(value))
