"""Opening, extending and closing a call; each is made known with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.models.titles import TitleKind
from portal.database import action
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.recognition import permits
from portal.recognition.models import RecognitionCall, RecognitionCallEvent
from portal.recognition.queries.calls import state_of
from portal.recognition.queries.versions import get_version
from portal.recognition.rules import calls as rules
from portal.recognition.rules.calls import CallFacts
from portal.recognition.rules.sheets import sheet_of
from portal.recognition.terms.calls import CallEventKind, CallState


@action
def open_call(
    actor: Person, kind: TitleKind, facts: CallFacts, *, is_sample: bool = False
) -> RecognitionCall:
    """Make a call known; its sheet is that of the rule version as it reads today.

    Raises NotAllowed unless the actor recognises for the lead department, Refused.
    """
    permits.check_lead(actor, kind)
    check_granted_here(kind)
    rules.check_window(facts.opens_on, facts.closes_on, clock.today())
    rules.check_notice(facts.notice_days)
    version = get_version(facts.rule_version).version
    call = RecognitionCall(
        kind=kind,
        **asdict(facts),
        sheet=sheet_of(version),
        is_sample=is_sample,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    db.session.add(call)
    db.session.flush()
    make_known(actor, call, CallEventKind.OPENED, "", "")
    return call


def check_granted_here(kind: TitleKind) -> None:
    """Raise Refused for a title the city only records."""
    if not kind.granted_here:
        raise Refused(_("The city records this title, it does not grant it: there is no call"))


@action
def extend_call(
    actor: Person,
    call: RecognitionCall,
    version: int,
    closes_on: date,
    words: tuple[str, str],
) -> None:
    """Name a later last day, also after the window ended; `words` say why, Chinese and English.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_call(actor, call, version)
    rules.check_extension(call.closes_on, closes_on, clock.today())
    check_why(words)
    call.closes_on = closes_on
    make_known(actor, call, CallEventKind.EXTENDED, *words)


@action
def close_call(actor: Person, call: RecognitionCall, version: int, words: tuple[str, str]) -> None:
    """End an open window today: nothing is taken from tomorrow on. Raises as extend_call."""
    check_call(actor, call, version)
    if state_of(call, clock.today()) == CallState.CLOSED:
        raise Refused(_("The window of this call has ended already"))
    check_why(words)
    call.closes_on = max(clock.today(), call.opens_on)
    if call.opens_on > clock.today():
        call.opens_on = call.closes_on = clock.today() - timedelta(days=1)
    make_known(actor, call, CallEventKind.CLOSED, *words)


def check_call(actor: Person, call: RecognitionCall, version: int) -> None:
    """Raise NotAllowed or ChangedSinceOpened."""
    permits.check_lead(actor, call.kind)
    if call.version != version:
        raise ChangedSinceOpened(
            _("The call was changed since you opened it: look at it again and repeat")
        )


def check_why(words: tuple[str, str]) -> None:
    """Raise Refused where the public would not read why."""
    if not words[0].strip():
        raise Refused(_("Say why: the public reads it on the page of the call"), "words_zh")


def make_known(
    actor: Person, call: RecognitionCall, kind: CallEventKind, words_zh: str, words_en: str
) -> None:
    """Write down what the public is told, in the trail too."""
    db.session.add(
        RecognitionCallEvent(
            call_id=call.id,
            kind=str(kind),
            closes_on=call.closes_on,
            words_zh=words_zh.strip(),
            words_en=words_en.strip(),
            at=clock.now(),
            by_id=actor.id,
        )
    )
    audit.record(
        actor,
        f"{kind}_recognition_call",
        call,
        {"opens_on": (None, call.opens_on), "closes_on": (None, call.closes_on)},
        note=words_zh.strip(),
        office=permits.office(actor),
    )
