"""Who may record, correct and verify titles."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, rights_of, used
from portal.accounts.terms import Right
from portal.classification.models.titles import TitleKind
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import find_membership
from portal.errors import NotAllowed


def check_recorder(actor: Person, enterprise: Enterprise, kind: TitleKind) -> None:
    """Raise NotAllowed unless the actor may record this kind here, for others' enterprises."""
    if not has_right(
        actor,
        Right.RECOGNISE,
        department_id=kind.lead_department_id,
        district_id=enterprise.district_id,
    ):
        raise NotAllowed(_("Only officers of the department in charge may record this title"))
    if find_membership(actor, enterprise.id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))


def office_of(kind: TitleKind) -> str:
    """Return the office the trail shows for acts on titles of this kind."""
    return kind.lead_department.name_zh if kind.lead_department else ""


def may_record(person: Person, enterprise: Enterprise, kind: TitleKind) -> bool:
    """Say whether a person may record this kind here."""
    try:
        check_recorder(person, enterprise, kind)
    except NotAllowed:
        return False
    return True


READS_PASSPORTS = (Right.RECOGNISE, Right.REVIEW_ENTERPRISES, Right.AUDIT)


def check_reads_passport(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless the actor recognises titles or reviews enterprises in this place, or
    audits: pre-checks rest on figures that are not public."""
    here = {"district_id": enterprise.district_id, "zone_id": enterprise.zone_id}
    if not any(has_right(actor, right, **here) for right in READS_PASSPORTS):
        raise NotAllowed(
            _("Only officers who recognise titles or review enterprises of this place may read it")
        )


def check_rule_officer(actor: Person, kind: TitleKind | None, *apart_from: int | None) -> None:
    """Raise NotAllowed unless the actor holds the right for the rules of a title in the whole
    city, not merely as the deputy of one of those it must be apart from."""
    lead = kind.lead_department_id if kind is not None else None
    held = [
        held
        for held in rights_of(actor)
        if held.right == Right.RECOGNISE
        and held.covers(lead, None, None)
        and (held.acting_for is None or held.acting_for.id not in apart_from)
    ]
    if not used(actor, held):
        raise NotAllowed(
            _("Only officers of the department in charge, for the whole city, work on these rules")
        )


def check_reads_trials(actor: Person, kind: TitleKind | None) -> None:
    """Raise NotAllowed unless the actor works on these rules or audits: trials rest on figures
    that are not public."""
    if not has_right(actor, Right.AUDIT):
        check_rule_officer(actor, kind)
