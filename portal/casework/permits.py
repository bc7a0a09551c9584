"""Who may see, take and decide a case; a refusal says who may, since when or until when."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import Held, rights_of, used
from portal.casework.conflicts import check_conflicts
from portal.casework.models import Case
from portal.casework.procedures import idle_after, procedure_of
from portal.casework.queries import decided_elsewhere
from portal.casework.terms import By
from portal.errors import NotAllowed, Refused


def rights_over(person: Person, case: Case) -> list[Held]:
    """Return the person's rights that reach this case, by matter, place and department."""
    right = procedure_of(case.matter).right
    over = [held for held in rights_of(person) if held.right == right and reaches(held, case)]
    return used(person, over)


def reaches(held: Held, case: Case) -> bool:
    """Say whether a right's place and department take in a case."""
    return held.covers(case.department_id, case.district_id, case.zone_id)


def is_limited(held: Held) -> bool:
    """Say whether a right holds in one place only."""
    return not held.is_citywide


def is_head(person: Person, case: Case) -> bool:
    """Say whether the person's right over the case holds in the whole city."""
    return any(not is_limited(held) for held in rights_over(person, case))


def is_overdue(case: Case) -> bool:
    """Say whether the due day has passed."""
    return case.due_on is not None and case.due_on < clock.today()


def is_idle(case: Case) -> bool:
    """Say whether who took the case has left it idle for too long."""
    return case.taken_at is not None and clock.now() - case.taken_at >= idle_after()


def holder(case: Case) -> Person | None:
    """Return who has taken the case and not left it idle, or None."""
    return None if is_idle(case) else case.taken_by


def has_turn(person: Person, case: Case, *, stepping_in: bool = False) -> bool:
    """Say whether the stage of a case is this person's turn.

    An officer of the city steps in for those of a place when the case is overdue or taken over.
    """
    by = procedure_of(case.matter).step(case.stage).by
    over = rights_over(person, case)
    if by == By.PLACE:
        in_city = stepping_in or is_overdue(case) or case.taken_by_id == person.id
        return any(is_limited(held) or in_city for held in over)
    return any(by == By.ANY or not is_limited(held) for held in over)


def check_may_see(actor: Person, case: Case) -> None:
    """Raise NotAllowed without a right that reaches the case."""
    if not rights_over(actor, case):
        raise NotAllowed(_("Only officers who hold that right for this district may do this"))


def check_may_take(actor: Person, case: Case, *, stepping_in: bool = False) -> None:
    """Raise Refused or NotAllowed unless the case is open and the actor's turn."""
    check_may_see(actor, case)
    check_conflicts(actor, case)
    if not case.is_open:
        raise Refused(_("This has been decided already"))
    if case.is_stopped:
        raise Refused(_("It waits for the enterprise’s correction: the clock stands still"))
    if not has_turn(actor, case, stepping_in=stepping_in):
        raise NotAllowed(turn_words(case))
    if decided_elsewhere(case, actor.id):
        raise NotAllowed(
            _("You decided on this in another stage: another officer gives the second opinion")
        )


def turn_words(case: Case) -> str:
    """Return the sentence that says whose turn a stage is."""
    if procedure_of(case.matter).step(case.stage).by == By.PLACE:
        return _(
            "The first review is for the officers of the district or zone; officers of the city"
            " may step in once it is overdue"
        )
    return _("The second review is for officers whose right holds in the whole city")


def check_may_decide(actor: Person, case: Case) -> None:
    """Raise NotAllowed or Refused unless the actor may decide on the case now."""
    check_may_take(actor, case)
    check_not_held(actor, case)


def check_not_held(actor: Person, case: Case) -> None:
    """Raise Refused, naming who holds the case, when somebody else does."""
    person = holder(case)
    if person is not None and person.id != actor.id:
        raise Refused(
            _(
                "%(name)s of %(office)s has taken this. It can be decided once it is released,"
                " taken over by an officer of the whole city, or left idle for %(hours)d hours",
                name=person.display_name,
                office=case.taken_for,
                hours=round(idle_after().total_seconds() / 3600),
            )
        )
