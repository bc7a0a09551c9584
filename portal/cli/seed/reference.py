"""What every installation needs: vocabularies, title kinds, schemas, the plan, the calendar."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.accounts.actions.consents import put_consent_text
from portal.casework.reasons import load_reason
from portal.classification.actions.titles import put_title_kind
from portal.cli.seed.calendar import load_calendar
from portal.cli.seed.criteria import load_criteria
from portal.cli.seed.metrics import load_metrics
from portal.cli.seed.reading import columns, read
from portal.database import transaction
from portal.lists.actions.reference import put_subtype
from portal.lists.terms.kinds import Kind
from portal.notices.actions import put_policy
from portal.plan.actions import put_measure, put_plan, put_target
from portal.search.actions import load_group
from portal.taxonomy.actions import put_department, put_term
from portal.taxonomy.queries import find_department, find_term, get_department
from portal.taxonomy.terms import DepartmentKind, Scheme

NAMES = ("name_zh", "name_en")


def load_reference(fixtures: Path) -> None:
    """Load or update everything that is not a demonstration."""
    with transaction():
        for file in ("districts", "zones", "industries", "key_industries", "pillars", "scenarios"):
            load_terms(read(fixtures / "taxonomy" / f"{file}.yaml"))
        load_departments(read(fixtures / "departments.yaml")["departments"])
        load_title_kinds(read(fixtures / "title_kinds.yaml")["title_kinds"])
        load_entry_kinds(read(fixtures / "entry_kinds.yaml"))
        load_metrics(read(fixtures / "metrics.yaml")["metrics"])
        load_criteria(fixtures)
        load_plan(read(fixtures / "plan" / "plan.yaml"))
        load_policies(fixtures, demonstration=False)
        load_calendar()
        load_canned_reasons(read(fixtures / "canned_reasons.yaml"))
        load_synonyms(read(fixtures / "search" / "synonyms.yaml")["groups"])
        load_consents(read(fixtures / "consents.yaml")["consents"])


def load_canned_reasons(matters: dict[str, dict[str, list[str]]]) -> None:
    """Load the sentences officers use often, each once."""
    for matter, fields in matters.items():
        for field, texts in fields.items():
            for text in texts:
                load_reason(matter, field, text)


def load_synonyms(groups: list[list[str]]) -> None:
    """Load the words of the search that stand for each other, each group once."""
    for words in groups:
        load_group(words)


def load_terms(schemes: dict[str, list[dict[str, Any]]]) -> None:
    """Load the schemes of one file; a parent stands in its own scheme or in one before it."""
    for name, items in schemes.items():
        scheme = Scheme(name)
        for sort, item in enumerate(items):
            put_term(
                scheme,
                item["slug"],
                parent=parent_of(scheme, item.get("parent")),
                sort=sort,
                inferred=bool(item.get("inferred")),
                details=plain(item.get("details") or {}),
                **columns(item, *NAMES, "code", "valid_from", "valid_until"),
            )


PARENTS = {
    Scheme.DISTRICT: Scheme.DISTRICT,
    Scheme.ZONE: Scheme.ZONE,
    Scheme.INDUSTRY: Scheme.INDUSTRY_SECTION,
    Scheme.CHAIN: Scheme.KEY_INDUSTRY,
    Scheme.NODE: Scheme.CHAIN,
    Scheme.FIELD: Scheme.PILLAR,
    Scheme.SCENARIO: Scheme.SCENARIO,
}


def parent_of(scheme: Scheme, slug: str | None) -> Any:
    """Return the parent term of a slug, None where there is none."""
    return find_term(PARENTS[scheme], slug) if slug else None


def plain(value: Any) -> Any:
    """Return YAML values as JSON can keep them (dates as text)."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def load_departments(items: list[dict[str, Any]]) -> None:
    """Load departments, then point the former ones to their successors."""
    texts = ("full_name_zh", "office_zh", "office_en", "landline", "aliases")
    for sort, item in enumerate(items):
        put_department(
            item["slug"],
            DepartmentKind(item["kind"]),
            sort=sort,
            district_id=getattr(find_term(Scheme.DISTRICT, item.get("district")), "id", None),
            zone_id=getattr(find_term(Scheme.ZONE, item.get("zone")), "id", None),
            **columns(item, *NAMES, *texts, "valid_from", "valid_until"),
        )
    for item in items:
        if item.get("successor"):
            successor = get_department(item["successor"])
            kind = DepartmentKind(item["kind"])
            put_department(item["slug"], kind, successor_id=successor.id)


def load_title_kinds(items: list[dict[str, Any]]) -> None:
    """Load the kinds of titles in their order of display."""
    texts = ("family", "levels", "short_name_zh", "short_name_en", "grantor_zh", "grantor_en")
    more = ("description_zh", "description_en", "official_platform_zh", "source", "unit_zh")
    for sort, item in enumerate(items):
        lead = find_department(item.get("lead_department"))
        put_title_kind(
            item["slug"],
            sort=sort,
            lead_department_id=lead.id if lead else None,
            granted_here=bool(item.get("granted_here")),
            claimed_as=plain(item.get("claimed_as") or []),
            validity_months=item.get("validity_months"),
            **columns(item, *NAMES, *texts, *more, "number_hint_zh", target_code="target"),
        )


def load_entry_kinds(content: dict[str, Any]) -> None:
    """Load the subtypes of the three lists with their forms; raises SchemaFault for a wrong one."""
    sections = {section["slug"]: section for section in content["sections"]}
    for kind in content["kinds"]:
        for sort, item in enumerate(kind["subtypes"]):
            put_subtype(
                Kind(kind["slug"]),
                item["slug"],
                sections,
                sort=sort,
                takes_interest=bool(item.get("takes_interest")),
                allows_anonymous=bool(item.get("allows_anonymous")),
                fields=plain(item["fields"]),
                **columns(item, *NAMES, "description_zh", "description_en"),
            )


def load_plan(content: dict[str, Any]) -> None:
    """Load the plan with its measures and targets."""
    facts = content["plan"]
    plan = put_plan(
        facts["slug"],
        adopted_on=facts["issued_on"],
        ends_on=facts["period_until"],
        **columns(facts, "document_no", title_zh="name_zh", title_en="name_en"),
    )
    measures = {}
    for sort, item in enumerate(content["measures"]):
        bodies = [
            [get_department(slug) for slug in item[role]] for role in ("leads", "cooperating")
        ]
        measures[item["id"]] = put_measure(
            plan, item["id"], *bodies, sort=sort, **columns(item, *NAMES, "section", "heading_zh")
        )
    texts = ("short_zh", "short_en", "kind", "basis", "comparator", "words_zh", "words_en")
    for sort, item in enumerate(content["targets"]):
        value = item.get("value")
        put_target(
            plan,
            item["id"],
            measures.get(item.get("measure")),
            sort=sort,
            value=None if value is None else Decimal(str(value)),
            **columns(item, *NAMES, *texts, "unit", "deadline", "recurs", "section", "quote"),
            **columns(item, "note_zh", "headline_order"),
        )


def load_policies(fixtures: Path, *, demonstration: bool) -> None:
    """Load the policies, or with `demonstration` the sample notices; a body may be a file."""
    texts = ("title_zh", "title_en", "summary_zh", "summary_en", "index_no", "document_no")
    more = ("publisher_zh", "publisher_en", "document_kind", "original_url", "kind")
    for path in sorted((fixtures / "policies").glob("*.yaml")):
        item = read(path)
        if bool(item.get("demonstration")) != demonstration:
            continue
        body = item.get("body") or (fixtures / item["body_file"]).read_text(encoding="utf-8")
        put_policy(
            item["slug"],
            body=body,
            is_sample=demonstration,
            **columns(item, *texts, *more, "dated_on", "published_on", "in_force", "body_en"),
        )


def load_consents(items: list[dict[str, Any]]) -> None:
    """Load the versions of the notice on personal information."""
    for item in items:
        put_consent_text(**item)
