"""Giving a part of the review sheet."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.database import action
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.lists.models import Release, ReleaseReview
from portal.lists.permits import check_reviewer
from portal.lists.procedures import curation
from portal.lists.proofing import open_lines, proof_report
from portal.lists.queries.reviews import present_code, present_reviews, sheet_of
from portal.lists.rules.proofs import check_phrases_decided
from portal.lists.rules.reviews import check_conclusion, check_other_officer, check_turn
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.proofs import FindingKind
from portal.lists.terms.reviews import Conclusion, Part


@action
def give_review(
    actor: Person,
    release: Release,
    part: Part,
    conclusion: Conclusion,
    *,
    ground: str = "",
    seen_code: str,
) -> ReleaseReview:
    """Give one part of the review sheet on the content the officer was shown.

    Raises NotAllowed (no right for a lead body, an entry of their own, another of the three
    reviews theirs), Refused (not its turn, no ground), ChangedSinceOpened.
    """
    check_reviewer(actor, release, part)
    if release.state not in REVIEWED_STATES:
        raise Refused(_("The review sheet is filled in between the selection and the signing"))
    code = present_code(release)
    if seen_code != code:
        raise ChangedSinceOpened(
            _("The content was changed since you opened it: look at it again and repeat")
        )
    check_conclusion(part, conclusion, ground)
    if part == Part.FAIR_COMPETITION and conclusion == Conclusion.PASSED:
        check_phrases_decided(len(open_lines(proof_report(release), FindingKind.UNFAIR)))
    present = present_reviews(release)
    check_turn(part, sheet_of(present), code)
    if curation().different_officers:
        check_other_officer(part, sheet_of(present), code, actor.id)
    if part in present:
        present[part].superseded_at = clock.now()
        db.session.flush()
    return keep(actor, release, part, conclusion, ground.strip(), code)


def keep(
    actor: Person, release: Release, part: Part, conclusion: Conclusion, ground: str, code: str
) -> ReleaseReview:
    """Add the part to the sheet and write the trail."""
    office = office_of(actor, curation().reviewers[part])
    given = ReleaseReview(
        release_id=release.id,
        part=str(part),
        conclusion=str(conclusion),
        ground=ground,
        content_code=code,
        given_at=clock.now(),
        given_by_id=actor.id,
        given_for=office.name_zh if office else "",
    )
    db.session.add(given)
    audit.record(
        actor, "give_review", release, {str(part): (None, conclusion)}, office=given.given_for
    )
    return given
