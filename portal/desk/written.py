"""The messages a demonstration wrote to its data folder, read back for its page."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from portal.messages.terms import Channel

SHOWN = 50


@dataclass(frozen=True)
class Written:
    """One message; an SMS has no subject."""

    channel: Channel
    to: str
    subject: str
    lines: list[str]


def newest(data: Path) -> list[Written]:
    """Return the mails and SMS written, newest first: their files are numbered together."""
    paths = [*(data / "mail").glob("*.eml"), *(data / "sms").glob("*.txt")]
    paths.sort(key=lambda path: path.name, reverse=True)
    return [read_mail(path) if path.suffix == ".eml" else read_sms(path) for path in paths[:SHOWN]]


def read_mail(path: Path) -> Written:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Written(Channel.MAIL, mail["To"], mail["Subject"], lines_of(mail.get_content()))


def read_sms(path: Path) -> Written:
    number, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Written(Channel.SMS, number, "", lines_of(text))


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
