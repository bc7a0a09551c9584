"""Titles for tests, recorded through the officers' own action."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.actions import standing
from portal.classification.actions.claims import claim_titles
from portal.classification.actions.titles import record_title
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.queries.titles import get_title_kind
from portal.classification.rules.standing import Asked
from portal.classification.rules.titles import TitleFacts
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.scenes import scene

SCIENCE = "meishan-sci"
INDUSTRY = "meishan-eit"


@scene
def make_recogniser(department: str = SCIENCE, mail: str = "titles@portal.example") -> Person:
    """Return an officer who records the titles a department leads."""
    return make_officer(Right.RECOGNISE, mail=mail, department=department)


@scene
def make_enterprise(serial: int = 1, **changes: Any) -> Enterprise:
    """Return an enterprise in the registry; the serial tells codes and people apart."""
    owner = make_person(f"owner-{serial}@example.com")
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail=f"reviewer-{serial}@portal.example")
    return make_active(owner, reviewer, uscc=make_uscc(serial), **changes)


def title_facts(**changes: Any) -> TitleFacts:
    """Return believable facts of a high-tech certificate."""
    facts: dict[str, Any] = {
        "level": "national",
        "number": "GR202451000001",
        "batch": "2024年第二批",
        "granted_on": date(2024, 11, 5),
        "source_title": "示例：2024年高新技术企业认定备案名单",
        "source_number": "示例〔2024〕00号",
        "source_date": date(2024, 11, 5),
        "source_url": "https://notices.example.com/high-tech-2024",
    }
    return TitleFacts(**(facts | changes))


@scene
def record_title_for(
    enterprise: Enterprise, officer: Person, kind: str = "high_tech", **changes: Any
) -> Title:
    """Return a title of that kind, recorded for the enterprise by the officer."""
    return record_title(officer, enterprise, get_title_kind(kind), title_facts(**changes))


@scene
def make_title_request(enterprise: Enterprise, officer: Person) -> dict[str, int]:
    """Return the numbers of a title and of a request of the officer's to revoke another."""
    title = record_title_for(enterprise, officer)
    other = record_title_for(
        enterprise, officer, number="GR202151000001", granted_on=date(2021, 11, 5)
    )
    asked = Asked("revoke", clock.today(), "示例")
    request = standing.ask(officer, other, other.version, asked)
    return {"title_id": title.id, "title_request_id": request.id}


def claimed_by(enterprise: Enterprise, import_job_id: int, kind: str = "tech_sme") -> TitleClaim:
    """Return a title an import named for an enterprise."""
    named = {"kind": kind, "level": "", "words": "示例"}
    claim_titles({enterprise.id: [named]}, import_job_id)
    found = db.session.scalars(select(TitleClaim).order_by(TitleClaim.id.desc())).first()
    assert found is not None
    return found
