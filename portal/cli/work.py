"""`flask work`: the worker, which drains the outbox and does what the clock asks for."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from portal import clock, files, outbox
from portal.alerts.telling import tell_due
from portal.classification.actions import trials
from portal.cli import (
    catalogue_work,
    certificate_work,
    import_work,
    index_work,
    line_work,
    list_work,
    nightly,
    precheck_work,
)
from portal.extensions import db
from portal.lists.actions import proofs
from portal.lists.actions.publication import publish_due
from portal.messages import delivery, sms
from portal.outbox import Handlers, nights
from portal.web.letters import render_letter, render_sms

logger = logging.getLogger(__name__)
PAUSE = 0.5  # seconds between looks into an empty outbox


class Stop:
    """Set by SIGTERM and SIGINT: the worker finishes its batch and ends."""

    asked = False

    def __call__(self, *_signal: object) -> None:
        self.asked = True


@click.command("work")
@click.option("--once", is_flag=True, help="Drain the outbox and end.")
@with_appcontext
def work(once: bool) -> None:
    """Run the worker until it is stopped; a second one waits for the first to end."""
    stop = Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    folder = Path(current_app.config["DATA"])
    with only_worker(folder, stop):
        handlers = compose_handlers()
        look, lines = clock.now(), line_work.Catching()
        while not stop.asked:
            if not once:
                look = turn_the_day(look)
            done = run_due(handlers, folder) or catch_up(lines)
            if once and not done:
                return
            if not done:
                time.sleep(PAUSE)


@contextmanager
def only_worker(folder: Path, stop: Stop) -> Iterator[None]:
    """Hold the worker's lock; wait while another process does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "worker.lock").open("w") as lock:
        while not stop.asked:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(PAUSE)
        yield


def run_due(handlers: Handlers, folder: Path) -> int:
    """Do one round of work and leave a sign of life; return how many messages were handled."""
    (folder / "worker.alive").touch()
    try:
        return publish_due() + outbox.drain(handlers) + tell_due()
    except Exception:
        logger.exception("the worker's round failed")
        return 0
    finally:
        db.session.remove()


def catch_up(lines: line_work.Catching) -> bool:
    """Word a piece of what is not worded for files; say whether there was any."""
    try:
        return lines.up()
    except Exception:
        logger.exception("entries could not be worded for files")
        lines.after = None  # they are worded while they are sent
        return False
    finally:
        db.session.remove()


def turn_the_day(look: datetime) -> datetime:
    """From the given moment on do what the day asks for, while changes go on being indexed;
    return when to look again."""
    if clock.now() < look:
        return look
    try:
        with index_work.indexing_meanwhile():
            return nightly.run_due()
    except Exception:
        logger.exception("the night's jobs could not be looked at")
        db.session.remove()
        return clock.now() + nights.RETRY


def compose_handlers() -> Handlers:
    """Return the handler of each outbox topic."""
    config = current_app.config
    site = current_app.extensions["site"]
    return {
        "mail": delivery.mail_handler(
            render_letter, mail_carrier(), config["MAIL_FROM"], site.domain
        ),
        "sms": sms.sms_handler(render_sms, sms_carrier(), site.domain),
        index_work.TOPIC: index_work.index_changes,
        **import_work.handlers(),
        **list_work.handlers(),
        **precheck_work.handlers(),
        **certificate_work.handlers(),
        **catalogue_work.handlers(),
        trials.TOPIC: run_trials,
        proofs.TOPIC: proofs.look_at_links,
        "files": partial(files.remove_bytes, config["FILES"]),
    }


def run_trials(payloads: Sequence[Mapping[str, Any]]) -> None:
    """Do a slice of each trial of a rule version; what is not finished is owed again."""
    for trial_id in dict.fromkeys(payload["trial"] for payload in payloads):
        trials.run_slice(trial_id)


def mail_carrier() -> delivery.Carrier:
    """Return the mail server's carrier, or files under the data folder without one."""
    config = current_app.config
    if config["MAIL_SERVER"]:
        return delivery.to_server(config)
    return delivery.to_folder(Path(config["DATA"]) / "mail")


def sms_carrier() -> sms.Carrier:
    """Return the gateway's carrier, or files under the data folder without one."""
    config = current_app.config
    if config["SMS_GATEWAY"]:
        return sms.to_gateway(config)
    return sms.to_folder(Path(config["DATA"]) / "sms")


def is_alive(folder: Path) -> float | None:
    """Return how many seconds ago the worker last turned, None when it never has."""
    try:
        return max(0.0, time.time() - os.path.getmtime(folder / "worker.alive"))
    except FileNotFoundError:
        return None
