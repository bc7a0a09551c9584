"""Writing an entry on its pages, as a member does."""

from __future__ import annotations

from typing import Any

from tests.browser_client import Browser
from tests.page import Page
from tests.scenes import scene

SECTIONS = ("about", "what", "terms", "place", "contact")


@scene
def write(member: Browser, entry: str, section: str, status: int = 200, **values: Any) -> Page:
    """Write one section of an entry whose page is at `entry`, and return what follows."""
    page = member.get(f"{entry}/sections/{section}")
    return member.send(page, "/save", status, **values)


@scene
def write_all(member: Browser, entry: str, answers: dict[str, Any]) -> Page:
    """Write every section, each with those answers it asks for, and return what follows."""
    page = member.get(f"{entry}/sections/{SECTIONS[0]}")
    while "/sections/" in page.path:
        fields = page.form("/save").fields
        page = member.send(page, "/save", **{k: v for k, v in answers.items() if k in fields})
    return page
