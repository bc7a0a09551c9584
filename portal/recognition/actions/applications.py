"""What an enterprise does with its application: begin, fill in, submit, correct, withdraw."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, city, clock, files
from portal.accounts.models import Person
from portal.casework import Matter, Stage, close_case, find_case, open_case, resume_clock
from portal.database import action, next_number
from portal.enterprises.models import Enterprise
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.files import Received, StoredFile
from portal.recognition import permits
from portal.recognition.actions.consultations import end_consultations
from portal.recognition.actions.eligibility import check_active, check_first, title_to_renew
from portal.recognition.actions.prechecks import precheck
from portal.recognition.actions.telling import tell_lead, tell_members
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries import applications as queries
from portal.recognition.rules import applications as rules
from portal.recognition.rules.calls import check_open
from portal.recognition.terms.applications import AppState
from portal.web.filters import in_language

MOST_FILES = 40


@action
def start(actor: Person, call: RecognitionCall, enterprise: Enterprise) -> RecognitionApplication:
    """Begin an application and return it as a draft.

    Raises NotAllowed unless owner or editor; Refused outside the window, for an enterprise that
    is not in the registry, that applied already, is barred or holds the title; one that ends soon
    is renewed.
    """
    permits.check_applicant(actor, enterprise)
    check_open(call.opens_on, call.closes_on, clock.today())
    check_first(call, enterprise)
    renews = title_to_renew(call, enterprise)
    moment = clock.now()
    application = RecognitionApplication(
        call=call,
        enterprise=enterprise,
        renews=renews,
        state=AppState.DRAFT,
        started_at=moment,
        started_by_id=actor.id,
        changed_at=moment,
    )
    db.session.add(application)
    audit.record(actor, "start_application", application, {"call": (None, call.id)})
    db.session.flush()
    return application


@action
def save(actor: Person, application: RecognitionApplication, version: int, statement: str) -> None:
    """Keep what speaks for the recognition. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_writer(actor, application, version)
    if statement.strip() != application.statement:
        application.statement = statement.strip()
        note(actor, "save_application", application)


@action
def add_document(
    actor: Person, application: RecognitionApplication, slug: str, received: Received
) -> StoredFile:
    """Keep a file as one of the documents the call asks for. Raises NotAllowed, Refused."""
    check_writer(actor, application, application.version)
    if slug not in {one["slug"] for one in application.call.documents}:
        raise Refused(_("Choose which document of the call this is"), "document")
    if sum(map(len, queries.documents_in(application).values())) >= MOST_FILES:
        raise Refused(
            _("An application holds at most %(most)d files: remove one first", most=MOST_FILES),
            "proof",
        )
    note(actor, "add_document", application, document=slug)
    return files.keep(actor, received, queries.DOCUMENT, application.id, purpose=slug)


@action
def remove_document(
    actor: Person, application: RecognitionApplication, version: int, file: StoredFile
) -> None:
    """Take a file back while the application is the enterprise's to change."""
    check_writer(actor, application, version)
    note(actor, "remove_document", application, document=file.purpose)
    files.remove(actor, file)


@action
def submit(
    actor: Person, application: RecognitionApplication, version: int, *, declared: bool
) -> None:
    """Hand an application in, for the first time or corrected; the pre-check of the day is kept.

    Raises NotAllowed, Refused at what is missing, outside the window and after the day for a
    correction, ChangedSinceOpened.
    """
    check_writer(actor, application, version)
    call, enterprise = application.call, application.enterprise
    check_active(enterprise)
    if application.state == AppState.DRAFT:
        check_open(call.opens_on, call.closes_on, clock.today())
        application.renews = title_to_renew(call, enterprise)
    elif rules.is_missed(application.correct_by, clock.today()):
        raise Refused(
            _("The day for the correction has passed: the application lapses"), "declared"
        )
    lacking = rules.missing_documents(call.documents, queries.documents_in(application))
    rules.check_complete(application.statement, [in_language(one) for one in lacking], declared)
    application.snapshot = precheck(actor, application)
    hand_in(actor, application)
    tell_members(application, "submitted")
    tell_lead(application, "submitted")


def hand_in(actor: Person, application: RecognitionApplication) -> None:
    """Give the application its number and case, or let the case's clock run on; a renewal begins
    with the department in charge."""
    enterprise, moment = application.enterprise, clock.now()
    if application.number is None:
        year = clock.today().year
        serial = next_number(f"recognition-{year}")
        application.number = city.number("application", year=year, serial=serial)
    application.submitted_at, application.submitted_by_id = moment, actor.id
    application.correct_by = None
    db.session.flush()
    case = find_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, application.id)
    if case is None:
        case = open_case(
            actor,
            Matter.RECOGNITION,
            application,
            stage=Stage.REVIEW if application.renews is not None else "",
            label=enterprise.name,
            number=application.number,
            enterprise_id=enterprise.id,
            district_id=enterprise.district_id,
            zone_id=enterprise.zone_id,
        )
    else:
        resume_clock(case)
    if case.stage != AppState.FIRST_REVIEW:
        case.department_id = application.call.kind.lead_department_id
    enter(actor, application, AppState(case.stage), "submit_application")


@action
def withdraw(actor: Person, application: RecognitionApplication, version: int) -> None:
    """Take an application back at any time before the decision.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    permits.check_applicant(actor, application.enterprise)
    check_version(application, version)
    case = find_case(Matter.RECOGNITION, RecognitionApplication.__tablename__, application.id)
    enter(actor, application, AppState.WITHDRAWN, "withdraw_application")
    end_consultations(actor, application)
    if case is not None:
        close_case(actor, case, "withdrawn")
    if application.submitted_at is not None:
        tell_lead(application, "withdrawn")
    tell_members(application, "withdrawn")


def check_writer(actor: Person, application: RecognitionApplication, version: int) -> None:
    """Raise NotAllowed, Refused or ChangedSinceOpened unless the actor may change it now."""
    permits.check_applicant(actor, application.enterprise)
    rules.check_editable(application.state)
    check_version(application, version)


def check_version(application: RecognitionApplication, version: int) -> None:
    """Raise ChangedSinceOpened when the page shows an older state of the application."""
    if application.version != version:
        raise ChangedSinceOpened(
            _("The application was changed since you opened it: look at it again and repeat")
        )


def enter(
    actor: audit.Actor,
    application: RecognitionApplication,
    state: AppState,
    act: str,
    *,
    ground: str = "",
    office: str = "",
) -> None:
    """Bring an application into a state, with its trail. Raises Refused where it may not follow."""
    rules.check_follows(application.state, state)
    audit.record(
        actor,
        act,
        application,
        {"state": (application.state, state)},
        note=ground,
        office=office,
    )
    application.state, application.ground = state, ground
    application.changed_at = clock.now()


def note(actor: Person, act: str, application: RecognitionApplication, **what: str) -> None:
    """Write down a change of the draft."""
    application.changed_at = clock.now()
    audit.record(actor, act, application, {name: (None, value) for name, value in what.items()})
