"""What stands for the arguments and results of scenes while these are kept: rows by their keys, a
browser by its cookies, plain values as they are.
"""

from __future__ import annotations

import enum
import io
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import inspect

from portal.extensions import Base, db
from tests.page import Page

PLAIN = (type(None), bool, int, float, str, bytes, date, timedelta, Decimal, enum.Enum, Path)


class NotKept(Exception):
    """A value that says nothing about the state it stands for."""


@dataclass(frozen=True)
class Row:
    """A row of the database: its class and its key."""

    model: type[Base]
    key: tuple[Any, ...]


@dataclass(frozen=True)
class Argument:
    """One of the arguments, returned."""

    place: int


def stood_for(value: Any) -> Any:
    """Return what stands for an argument on the way."""
    if isinstance(value, PLAIN):
        return type(value).__name__, value
    if isinstance(value, Base):
        return row_of(value)
    if isinstance(value, Flask):
        return "the portal"
    if isinstance(value, io.BytesIO):
        return value.getvalue(), value.tell()
    if isinstance(value, dict):
        return tuple((key, stood_for(each)) for key, each in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(stood_for, value))
    if hasattr(value, "client"):
        held = ((str(key), each.value) for key, each in value.client._cookies.items())
        return tuple(sorted(held)), stood_for(value.client.environ_base)
    if is_dataclass(value) and not isinstance(value, type):
        parts = tuple(stood_for(getattr(value, each.name)) for each in fields(value))
        return type(value).__name__, parts
    raise NotKept


def row_of(row: Base) -> Row:
    state = inspect(row)
    if not state.identity or state.modified:
        raise NotKept
    return Row(type(row), tuple(state.identity))


def kept_as(value: Any, args: Any) -> Any:
    """Return a result as it is kept: rows by their keys, a browser by its place."""
    if isinstance(value, Base):
        return row_of(value)
    if isinstance(value, (*PLAIN, Page)):
        return value
    if type(value) in (list, tuple):
        return type(value)(kept_as(each, args) for each in value)
    if type(value) is dict:
        return {key: kept_as(each, args) for key, each in value.items()}
    found = [place for place, each in enumerate(args) if each is value]
    if found:
        return Argument(found[0])
    raise NotKept


def restored(value: Any, args: Any) -> Any:
    """Return a kept result as it was: rows read again."""
    if isinstance(value, Row):
        return db.session.get_one(value.model, value.key)
    if isinstance(value, Argument):
        return args[value.place]
    if type(value) in (list, tuple):
        return type(value)(restored(each, args) for each in value)
    if type(value) is dict:
        return {key: restored(each, args) for key, each in value.items()}
    return value
