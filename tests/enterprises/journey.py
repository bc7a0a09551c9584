"""The steps of a registration as a person fills them in, for tests that walk the pages."""

from __future__ import annotations

import re
from typing import Any

from portal.enterprises.terms.record import Step
from tests.browser_client import Browser
from tests.factories import make_uscc
from tests.page import Page
from tests.scenes import scene

ANSWERS: dict[str, dict[str, Any]] = {
    "identity": {
        "uscc": make_uscc(1),
        "name": "四川岷江储能科技有限公司",
        "established_on": "2016-05-04",
        "registered_capital": "8000",
    },
    "place": {"district": "dongpo", "zone": "meishan-hitech"},
    "industry": {
        "industry": "division-38",
        "key_industry": "new-energy-materials",
        "node": "storage-battery",
        "pillars": ["new-industry"],
    },
    "profile": {
        "products": "工商业液冷储能一体柜",
        "introduction": "公司专注工商业储能系统与电池模组。",
        "website": "https://example.com/",
    },
    "contact": {
        "office": "市场部",
        "landline": "028-0000 0101",
        "contact_name": "示例联系人",
        "contact_phone": "13800000000",
    },
}


@scene
def begin(member: Browser) -> str:
    """Open a draft and return the address of its task list."""
    member.send(member.get("/my/enterprises/new"), "/start")
    found = re.match(r"/my/enterprises/\d+", member.response.request.path)
    assert found
    return found.group()


@scene
def fill_in(member: Browser, tasks: str, *steps: Step, **changes: Any) -> Page:
    """Fill in these steps, all by default, and return the page after the last."""
    page = None
    for step in steps or Step:
        page = member.get(f"{tasks}/steps/{step}")
        answers = {name: changes.get(name, value) for name, value in ANSWERS[step].items()}
        page = member.send(page, "/save", **answers)
    assert page is not None
    return page


@scene
def register(member: Browser, **changes: Any) -> str:
    """Register and submit an enterprise; return the address of its task list."""
    tasks = begin(member)
    member.send(fill_in(member, tasks, **changes), "/submit")
    return tasks
