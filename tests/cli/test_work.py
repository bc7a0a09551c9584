"""The worker as a process: killed at any moment it loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from portal.cli.work import is_alive
from portal.database import action
from portal.extensions import db
from portal.messages import write_mail
from portal.messages.models import Message
from portal.outbox.models import OutboxMessage

MAILS = 150
PATIENCE = 40  # seconds until a test gives up waiting


class Workers:
    """`flask work` processes over the test's database."""

    def __init__(self, app: Flask) -> None:
        self.folder: Path = app.config["DATA"]
        self.environment = os.environ | {
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "PORTAL_DATA": str(self.folder),
            "SECRET_KEY": app.config["SECRET_KEY"],
            "PORTAL_NOW": app.config["PORTAL_NOW"],
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "flask", "--app", "wsgi", "work", *options],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self.running.append(process)
        return process

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()


@pytest.fixture
def workers(app: Flask) -> Iterator[Workers]:
    (app.config["DATA"] / "worker.alive").unlink(missing_ok=True)
    write_mails(0)
    made = Workers(app)
    yield made
    made.stop()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.02)


@action
def write_mails(count: int) -> None:
    """Owe mails to readers 0, 1, 2 … in one action, and nothing else."""
    db.session.query(OutboxMessage).delete()
    for number in range(count):
        write_mail(f"reader{number}@example.com", "reset", language="en", token="x")


def delivered(folder: Path) -> list[Path]:
    return list((folder / "mail").glob("*.eml"))


def owed() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(OutboxMessage)) or 0


def test_a_worker_killed_in_its_mails_leaves_them_to_the_next_and_none_doubled(
    workers: Workers,
) -> None:
    write_mails(MAILS)
    for mark in (10, 60):
        worker = workers.start()
        until(lambda mark=mark: len(delivered(workers.folder)) >= mark)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        assert owed() > 0, "it was killed before it had done"
    last = workers.start("--once")
    assert last.wait(PATIENCE) == 0
    mails = [message_from_bytes(path.read_bytes()) for path in delivered(workers.folder)]
    assert sorted(mail["To"] for mail in mails) == sorted(
        f"reader{number}@example.com" for number in range(MAILS)
    )
    assert len({mail["Message-ID"] for mail in mails}) == MAILS
    assert owed() == 0
    undone = select(func.count()).where(Message.delivered_at.is_(None))
    assert db.session.scalar(undone) == 0


def test_a_second_worker_waits_until_the_first_has_ended(workers: Workers) -> None:
    first = workers.start()
    until(lambda: is_alive(workers.folder) is not None)
    second = workers.start("--once")
    write_mails(1)
    until(lambda: len(delivered(workers.folder)) == 1)
    assert second.poll() is None, "it waits, with nothing left to do"
    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert second.wait(PATIENCE) == 0


def test_told_to_stop_a_worker_finishes_and_ends_well(workers: Workers) -> None:
    worker = workers.start()
    until(lambda: is_alive(workers.folder) is not None)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    _out, said = worker.communicate()
    assert b"Traceback" not in said
