"""The decision after the public notice: the title is granted, with its document number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import city, clock
from portal.accounts.models import Person
from portal.casework import Contents, close_case, write_letter
from portal.classification.actions.granting import grant_title
from portal.classification.rules.titles import TitleFacts
from portal.database import action, mark_public_change, next_number
from portal.errors import NotAllowed, Refused
from portal.recognition import permits
from portal.recognition.actions.applications import enter
from portal.recognition.actions.reviews import case_of, check_turn
from portal.recognition.actions.seen import check_unchanged
from portal.recognition.actions.telling import tell_members
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.notices import last_notice_of
from portal.recognition.queries.reviews import find_score
from portal.recognition.rules.applications import check_words
from portal.recognition.rules.notices import check_over
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
    """Grant the title after the notice, as somebody who reviewed nothing of it.

    Raises NotAllowed for reviewers and scorers, Refused while the notice runs, an objection is
    open or the number is missing, ChangedSinceOpened.
    """
    case = case_of(application)
    check_decider(actor, application)
    check_turn(actor, application, case)
    check_unchanged(actor, application, said.version, said.seen)
    notice = last_notice_of(application.id)
    if notice is None:
        raise Refused(_("A title is decided on after its public notice"))
    check_over(application.state, notice.ends_on, clock.today())
    if not said.document_no.strip():
        raise Refused(_("Enter the document number of the decision"), "document_no")
    if not notice.ends_on < said.decided_on <= clock.today():
        raise Refused(_("A decision is of a day after the notice and up to today"), "decided_on")
    application.decision_no, application.decided_on = said.document_no.strip(), said.decided_on
    application.decided_by_id = actor.id
    application.decided_for = permits.office(actor)
    title = grant_title(
        actor, application.enterprise, application.call.kind, facts_of(application, said)
    )
    application.title_id = title.id
    write_letter(actor, case, Contents("recognise", application.decision_no))
    close_case(actor, case, "recognised")
    enter(
        actor,
        application,
        AppState.RECOGNISED,
        "recognise_application",
        office=application.decided_for,
    )
    tell_members(application, "recognised")
    mark_public_change()


def check_decider(actor: Person, application: RecognitionApplication) -> None:
    """Raise NotAllowed for who gave a score on the application."""
    if find_score(application.id, actor.id) is not None:
        raise NotAllowed(_("You scored this application: another officer decides on it"))


def facts_of(application: RecognitionApplication, said: Decided) -> TitleFacts:
    """Return the title as the decision grants it; its number is the certificate's."""
    year = said.decided_on.year
    number = city.number("certificate", year=year, serial=next_number(f"certificate-{year}"))
    return TitleFacts(
        level=application.call.kind.levels[0],
        granted_on=said.decided_on,
        source_title=application.call.title_zh,
        source_date=said.decided_on,
        number=number,
        source_number=said.document_no.strip(),
    )


@action
def refuse(
    actor: Person, application: RecognitionApplication, version: int, seen: int, ground: str
) -> None:
    """Decide after the notice not to grant the title. Raises as `recognise`."""
    case = case_of(application)
    check_decider(actor, application)
    check_turn(actor, application, case)
    check_unchanged(actor, application, version, seen)
    check_words(ground, "ground")
    write_letter(actor, case, Contents("refuse", ground.strip()))
    close_case(actor, case, "declined", note=ground.strip())
    application.decided_on, application.decided_by_id = clock.today(), actor.id
    application.decided_for = permits.office(actor)
    enter(
        actor,
        application,
        AppState.DECLINED,
        "decline_application",
        ground=ground.strip(),
        office=application.decided_for,
    )
    tell_members(application, "declined")
    mark_public_change()
