"""Vocabulary of messages."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol


class Channel(StrEnum):
    """How a message leaves the portal; each is an outbox topic of its own."""

    MAIL = "mail"
    SMS = "sms"


USEFUL = timedelta(days=3)  # how long the worker tries to deliver what names no time of its own


class Recipient(Protocol):
    """A person, known to this package by number only."""

    @property
    def id(self) -> Any: ...
