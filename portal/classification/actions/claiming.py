"""A member claims a title its enterprise holds, with the evidence; an officer verifies it."""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.classification.actions import titles
from portal.classification.actions.claims import check_undecided, decide
from portal.classification.models.titles import Title, TitleClaim, TitleKind
from portal.classification.permits import check_recorder, may_record
from portal.classification.queries import claims as queries
from portal.classification.rules import titles as rules
from portal.classification.rules.titles import TitleFacts
from portal.classification.terms.titles import ClaimOutcome
from portal.database import action
from portal.enterprises.actions.members import check_editor
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import find_membership
from portal.errors import NotAllowed, Refused
from portal.extensions import db

KIND = "title_claim"  # of the evidence's owner among the stored files


@action
def claim_title(
    actor: Person,
    enterprise: Enterprise,
    kind: TitleKind,
    facts: TitleFacts,
    evidence: files.Received,
) -> TitleClaim:
    """Claim a title for one's enterprise; what an import named of it is taken over.

    Raises NotAllowed; Refused for the city's own titles, outside the registry, for facts that
    cannot be right, for what is on record already and while another claim is open.
    """
    check_editor(actor, enterprise)
    titles.check_granted_elsewhere(kind)
    if not enterprise.is_public:
        raise Refused(_("Titles are recorded for enterprises in the registry only"))
    facts = rules.completed(facts, kind.levels, kind.validity_months)
    rules.check_facts(facts, kind.levels, clock.today())
    titles.check_free(enterprise, kind, facts)
    claim = free_claim(enterprise, kind, facts.level)
    for name, value in asdict(facts).items():
        setattr(claim, name, value)
    claim.claimed_at, claim.claimed_by_id = clock.now(), actor.id
    db.session.add(claim)
    db.session.flush()
    files.keep(actor, evidence, KIND, claim.id, purpose="evidence")
    audit.record(actor, "claim_title", claim, {"kind": (None, kind.slug)})
    return claim


def free_claim(enterprise: Enterprise, kind: TitleKind, level: str) -> TitleClaim:
    """Return the claim to fill in: the one an import opened, or a new one.

    Raises Refused while the enterprise's own claim of this title at this level is open.
    """
    claims = queries.open_claims_of(enterprise.id, kind.id, (level, ""))
    own = next((claim for claim in claims if claim.is_own), None)
    if own is not None:
        raise Refused(
            _(
                "This title is claimed already, since %(day)s: wait for the decision, or withdraw"
                " that claim first",
                day=own.claimed_at.astimezone(clock.city_zone()).date().isoformat(),
            )
        )
    return claims[0] if claims else TitleClaim(enterprise=enterprise, kind=kind)


@action
def withdraw_claim(actor: Person, claim: TitleClaim) -> None:
    """Take one's enterprise's claim back; its evidence is removed.

    Raises NotAllowed, Refused once decided, and for what an import named.
    """
    check_editor(actor, claim.enterprise)
    if not claim.is_open:
        raise Refused(_("This claim has been decided already"))
    if not claim.is_own:
        raise Refused(_("An officer’s sheet names this title: only officers decide on it"))
    decide(actor, claim, ClaimOutcome.WITHDRAWN)
    for file in evidence_of(claim):
        files.remove(actor, file)


@action
def verify_claim(actor: Person, claim: TitleClaim, version: int, facts: TitleFacts) -> Title:
    """Record the claimed title as its source states it; `facts` may correct the claim.

    Raises NotAllowed, also for one's own enterprise; Refused as `record_title` does and when
    decided already; ChangedSinceOpened.
    """
    check_recorder(actor, claim.enterprise, claim.kind)
    if claim.claimed_by_id == actor.id:
        raise NotAllowed(_("You made this claim: another officer decides on it"))
    check_undecided(claim, version)
    title = titles.record_title(actor, claim.enterprise, claim.kind, facts)
    if claim.is_open:  # corrected by the officer, so that it did not settle itself
        decide(actor, claim, ClaimOutcome.VERIFIED, title=title)
    return title


def evidence_of(claim: TitleClaim) -> list[files.StoredFile]:
    """Return the files of a claim that are kept."""
    return list(files.files_of(KIND, [claim.id]))


@files.reader_of(KIND)
def may_read_evidence(person: Person, file: files.StoredFile) -> bool:
    """Say whether a person may read a claim's evidence: its members and who verifies it."""
    claim = queries.get_claim(file.owner_id)
    if find_membership(person, claim.enterprise_id) is not None:
        return True
    return may_record(person, claim.enterprise, claim.kind)
