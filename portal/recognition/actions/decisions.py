"""The decision after notice or review: the title is granted or renewed, with document number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from portal import city, clock
from portal.accounts.models import Person
from portal.casework import Case, Contents, close_case, write_letter
from portal.classification.actions.granting import grant_title
from portal.classification.rules.titles import TitleFacts
from portal.database import action, next_number
from portal.errors import NotAllowed, Refused
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.eligibility import get_renewed
from portal.recognition.actions.reviews import case_of, check_turn, end_declined
from portal.recognition.actions.seen import check_unchanged
from portal.recognition.actions.telling import tell_members
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.notices import last_notice_of
from portal.recognition.queries.reviews import find_score
from portal.recognition.rules.applications import check_words
from portal.recognition.rules.notices import check_over
from portal.recognition.rules.renewals import renewed_until
from portal.recognition.terms.applications import AppState


@dataclass(frozen=True)
class Decided:
    """A decision: its document number and day; `version` and `seen` as the page was opened on."""

    document_no: str
    decided_on: date
    version: int
    seen: int


@action
def recognise(actor: Person, application: RecognitionApplication, said: Decided) -> None:
    """Grant the title after the notice, or renew one, as somebody who reviewed nothing of it.

    Raises NotAllowed for reviewers and scorers, Refused while the notice runs, an objection is
    open, the number is missing or the title to renew no longer stands, ChangedSinceOpened.
    """
    case = check_decision(actor, application, said.version, said.seen)
    check_in_registry(application)
    renewal = application.renews_id is not None
    first = first_day_of(application)
    if not said.document_no.strip():
        raise Refused(_("Enter the document number of the decision"), "document_no")
    if not first <= said.decided_on <= clock.today():
        raise Refused(
            _("A decision is of a day from %(day)s to today", day=first.isoformat()), "decided_on"
        )
    facts = facts_of(application, said)
    application.title = grant_title(actor, application.enterprise, application.call.kind, facts)
    application.decision_no, application.decided_on = said.document_no.strip(), said.decided_on
    application.decided_by_id = actor.id
    application.decided_for = permits.office(actor)
    outcome = "renew" if renewal else "recognise"
    write_letter(actor, case, Contents(outcome, application.decision_no))
    close_case(actor, case, "renewed" if renewal else "recognised")
    act, office = f"{outcome}_application", application.decided_for
    enter(actor, application, AppState.RECOGNISED, act, office=office)
    tell_members(application, "renewed" if renewal else "recognised")


def check_decision(
    actor: Person, application: RecognitionApplication, version: int, seen: int
) -> Case:
    """Return the case; raise unless the actor may decide now, on what the page showed."""
    case = case_of(application)
    check_decider(actor, application)
    check_turn(actor, application, case)
    check_unchanged(actor, application, version, seen)
    return case


def check_in_registry(application: RecognitionApplication) -> None:
    """Raise Refused for an enterprise that was suspended or has left the registry since."""
    if not application.enterprise.is_public:
        raise Refused(
            _(
                "The enterprise is suspended or no longer in the registry: no title is granted to"
                " it. Wait until that is lifted, or refuse"
            ),
            "verdict",
        )


def check_decider(actor: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed for who gave a score on the application."""
    if find_score(application.id, actor.id) is not None:
        raise NotAllowed(_("You scored this application: another officer decides on it"))


def first_day_of(application: RecognitionApplication) -> date:
    """Return the first day a decision may be of: the day after the notice, for a renewal the day
    it was submitted. Raises Refused before the decision is due."""
    if application.renews_id is not None:
        if application.state != AppState.PROPOSED or application.submitted_at is None:
            raise Refused(_("A renewal is decided on once it is proposed"))
        return application.submitted_at.astimezone(clock.city_zone()).date()
    notice = last_notice_of(application.id)
    if notice is None:
        raise Refused(_("A title is decided on after its public notice"))
    check_over(application.state, notice.ends_on, clock.today())
    return notice.ends_on + timedelta(days=1)


def facts_of(application: RecognitionApplication, said: Decided) -> TitleFacts:
    """Return the title as the decision grants it; its number is the certificate's. Raises
    Refused for a renewal of what no longer stands."""
    year, months = said.decided_on.year, application.call.kind.validity_months
    until = None
    if application.renews is not None:
        until = renewed_until(get_renewed(application).valid_until, said.decided_on, months)
    number = city.number("certificate", year=year, serial=next_number(f"certificate-{year}"))
    return TitleFacts(
        level=application.call.kind.levels[0],
        granted_on=said.decided_on,
        valid_until=until,
        source_title=application.call.title_zh,
        source_date=said.decided_on,
        number=number,
        source_number=said.document_no.strip(),
    )


@action
def refuse(
    actor: Person, application: RecognitionApplication, version: int, seen: int, ground: str
) -> None:
    """Decide not to grant or renew the title. Raises as `recognise`."""
    case = check_decision(actor, application, version, seen)
    check_words(ground, "ground")
    end_declined(actor, application, case, ground.strip())
