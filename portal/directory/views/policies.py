"""Policies and notices with their metadata, and the targets of the plan."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from portal.errors import NotFound
from portal.notices.queries import count_policies, get_policy
from portal.notices.queries import policies as read_policies
from portal.notices.text import body_html
from portal.plan.queries import all_targets, current_plan, plans_as_they_stand
from portal.web.display import speaks_english
from portal.web.drawn_pages import drawn_from
from portal.web.pagination import asked_page, page_of

KIND_NAMES = {"policy": _l("Policies"), "notice": _l("Notices")}


def policies() -> str:
    """List policies and notices, newest first."""
    kind = request.args.get("kind", "")
    if kind and kind not in KIND_NAMES:
        raise NotFound
    page = page_of(count_policies(kind=kind), asked_page())
    return render_template(
        "directory/policies.html",
        kind=kind,
        kinds=KIND_NAMES,
        page=page,
        policies=read_policies(kind=kind, offset=page.offset, limit=page.size),
    )


def policy(slug: str) -> str:
    """Show a policy or notice with the facts government pages give."""
    found = get_policy(slug)
    is_english = speaks_english() and bool(found.body_en)
    return render_template(
        "directory/policy.html",
        policy=found,
        body=body_html(found.body_en if is_english else found.body),
        body_language="en" if is_english else "zh-CN",
    )


def targets() -> bytes | str:
    """Show every target of the plan in its own words, with the bodies responsible."""
    return drawn_from("directory/targets.html", (plans_as_they_stand(),), targets_shown)


def targets_shown() -> dict[str, Any]:
    """Return the plan and its targets; raises NotFound without one."""
    plan = current_plan()
    if plan is None:
        raise NotFound
    return {"plan": plan, "targets": all_targets(plan)}
