"""What the worker does for official lists: by the slice, so that mails and search do not wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from portal import outbox
from portal.classification.actions.official_lists import TOPIC
from portal.classification.official_lists.running import run_slice
from portal.database import transaction
from portal.outbox import Handlers

Payloads = Sequence[Mapping[str, Any]]


def handlers() -> Handlers:
    """Return the handler of the topic."""
    return {TOPIC: run}


def run(payloads: Payloads) -> None:
    """Do a slice of each list; what is not finished is owed again."""
    folder = Path(current_app.config["FILES"])
    for list_id in dict.fromkeys(payload["list"] for payload in payloads):
        if run_slice(list_id, folder):
            with transaction():
                outbox.send(TOPIC, list=list_id)
