"""Rendering messages: the same template is a mail for the worker and a letter in the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale, get_locale
from jinja2 import TemplateNotFound

FOLDER = "messages"


@dataclass(frozen=True)
class Letter:
    """A rendered message: its subject, and its text without it."""

    subject: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.strip()]


def render_letter(template: str, language: str, values: Mapping[str, Any]) -> Letter:
    """Return `templates/messages/<template>.txt` in a language; its first line is the subject."""
    text = render(template, language, values)
    subject, _, body = text.strip().partition("\n")
    return Letter(subject.strip(), body.strip())


def read_letter(template: str, values: Mapping[str, Any]) -> Letter:
    """Return a letter in the language of the page it is read on."""
    return render_letter(template, str(get_locale()), values)


def render_sms(template: str, language: str, values: Mapping[str, Any]) -> str:
    """Return `templates/messages/sms/<template>.txt` as one line; a letter without one is
    announced by its subject and where to read it."""
    try:
        text = render(f"sms/{template}", language, values)
    except TemplateNotFound:
        subject = render_letter(template, language, values).subject
        text = render("sms/letter", language, {"subject": subject})
    return " ".join(text.split())


def render(name: str, language: str, values: Mapping[str, Any]) -> str:
    """Return the text of a message; without what pages get of their request."""
    with force_locale(language):
        return current_app.jinja_env.get_template(f"{FOLDER}/{name}.txt").render(values)
