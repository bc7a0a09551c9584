"""Who may curate, send in, sign: raised as NotAllowed, with who may instead."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import find_membership
from portal.enterprises.rules.roles import Doing, may
from portal.enterprises.rules.states import check_may_submit
from portal.enterprises.terms.record import State as EnterpriseState
from portal.errors import NotAllowed
from portal.lists.models import Edition, Entry, Release, ReleaseNotice
from portal.lists.procedures import curation
from portal.lists.queries.editions import lead_ids
from portal.lists.queries.own import may_enter_for
from portal.lists.queries.scores import has_conflict
from portal.lists.queries.sign_offs import has_sent_any
from portal.lists.terms.reviews import Part
from portal.taxonomy.models import Department


def may_curate(person: Person, edition: Edition) -> bool:
    """Say whether the person curates lists for one of the edition's lead bodies."""
    return any(
        has_right(person, Right.CURATE_LISTS, department_id=lead) for lead in lead_ids(edition)
    )


def check_curator(person: Person, edition: Edition) -> None:
    """Raise NotAllowed unless the person curates lists for a lead body of the edition."""
    if not may_curate(person, edition):
        raise NotAllowed(_("Only officers who curate lists for a lead body may do this"))


def may_oversee(person: Person, edition: Edition) -> bool:
    """Say whether the person curates or signs the edition, or audits."""
    return has_right(person, Right.AUDIT) or any(
        has_right(person, right, department_id=lead)
        for right in (Right.CURATE_LISTS, Right.SIGN_LISTS)
        for lead in lead_ids(edition)
    )


def check_overseer(person: Person, edition: Edition) -> None:
    """Raise NotAllowed unless the person curates or signs the edition, or audits."""
    if not may_oversee(person, edition):
        raise NotAllowed(_("Only officers of the edition’s lead bodies and auditors see this"))


def is_impartial(person: Person, entry: Entry) -> bool:
    """Say whether the person neither sent the entry in, nor belongs to its enterprise, nor
    declared a conflict of interest."""
    try:
        check_impartial(person, entry)
    except NotAllowed:
        return False
    return True


def check_impartial(person: Person, entry: Entry) -> None:
    """Raise NotAllowed for one's own entry, for one of an enterprise one belongs to, and where one
    declared a conflict of interest."""
    if person.id in (entry.created_by_id, entry.submitted_by_id):
        raise NotAllowed(_("You sent this entry in: another officer decides on it"))
    if entry.enterprise_id and find_membership(person, entry.enterprise_id) is not None:
        raise NotAllowed(_("You belong to this enterprise: another officer decides on it"))
    if has_conflict(entry.id, person.id):
        raise NotAllowed(
            _("You declared a conflict of interest here: another officer decides on it")
        )


def check_member(person: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless owner or editor, Refused unless the enterprise is registered."""
    membership = find_membership(person, enterprise.id)
    if membership is None or not may(membership.role, Doing.SUBMIT):
        raise NotAllowed(_("Only owners and editors of the enterprise may send in its entries"))
    check_may_submit(EnterpriseState(enterprise.state), "enterprise")


def check_department(person: Person, department: Department | None) -> None:
    """Raise NotAllowed unless the person curates lists for that public body."""
    if not may_enter_for(person, department):
        raise NotAllowed(_("Only officers who curate lists for this body may send in its entries"))


def check_sender(person: Person, entry: Entry) -> None:
    """Raise NotAllowed or Refused unless the person may write this entry."""
    if entry.enterprise is not None:
        check_member(person, entry.enterprise)
    else:
        check_department(person, entry.department)


def check_reviewer(person: Person, release: Release, part: Part) -> None:
    """Raise NotAllowed unless the person may give this part of the review sheet: by its right,
    held for a lead body, and with no entry of their own in the release."""
    right = curation().reviewers[part]
    if not any(has_right(person, right, department_id=lead) for lead in lead_ids(release.edition)):
        raise NotAllowed(_("Only officers of a lead body who hold that right may do this"))
    if has_sent_any(person, release):
        raise NotAllowed(_("You sent in an entry of this release: another officer reviews it"))


def is_publisher(person: Person, entry: Entry) -> bool:
    """Say whether the person belongs to whoever published an entry."""
    if entry.enterprise_id is not None:
        return find_membership(person, entry.enterprise_id) is not None
    return may_enter_for(person, entry.department)


def check_publisher(person: Person, entry: Entry) -> None:
    """Raise NotAllowed unless the person speaks for the publisher: owner or editor of the
    enterprise, whatever its state, or officer who curates for the body."""
    if entry.enterprise_id is None:
        check_department(person, entry.department)
        return
    membership = find_membership(person, entry.enterprise_id)
    if membership is None or not may(membership.role, Doing.SUBMIT):
        raise NotAllowed(_("Only owners and editors of the enterprise speak for its entries"))


def may_handle(person: Person, notice: ReleaseNotice) -> bool:
    """Say whether the person curates lists for the body that handles a notice's objections."""
    return has_right(person, Right.CURATE_LISTS, department_id=notice.department_id)


def check_handler(person: Person, notice: ReleaseNotice) -> None:
    """Raise NotAllowed unless the person curates lists for the body that handles objections."""
    if not may_handle(person, notice):
        raise NotAllowed(_("Only officers of the body that handles objections may do this"))


def may_sign(person: Person, department: Department) -> bool:
    """Say whether the person signs lists for a lead body."""
    return has_right(person, Right.SIGN_LISTS, department_id=department.id)


def check_signer(person: Person, release: Release, department: Department) -> None:
    """Raise NotAllowed without the right to sign for the body, or for one's own entries."""
    if not may_sign(person, department):
        raise NotAllowed(_("Only officers who sign lists for this body may sign"))
    check_sent_none(person, release)


def check_sent_none(person: Person, release: Release) -> None:
    """Raise NotAllowed when the person sent in an entry of the release."""
    if has_sent_any(person, release):
        raise NotAllowed(_("You sent in an entry of this release: another officer signs it"))


def may_record(person: Person, release: Release, department: Department) -> bool:
    """Say whether the person may record or confirm what a body signed on paper."""
    return may_sign(person, department) or may_curate(person, release.edition)


def check_recorder(person: Person, release: Release, department: Department) -> None:
    """Raise NotAllowed unless the person signs lists for the body or curates the edition."""
    if not may_record(person, release, department):
        raise NotAllowed(
            _("Only officers who sign lists for this body or curate the edition may do this")
        )
