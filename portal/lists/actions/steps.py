"""What a list asks for before it is signed: setting it; taking a list back from others' eyes."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.lists.actions.editions import change_state, check_release_version
from portal.lists.actions.opinions import end_round
from portal.lists.models import Release
from portal.lists.permits import check_curator
from portal.lists.queries.notices import last_notice, state_of
from portal.lists.rules.steps import Asks, check_asks
from portal.lists.terms.editions import SHOWN_STATES, EditionState
from portal.lists.terms.steps import NoticeState


@action
def set_asks(actor: Person, release: Release, version: int, wanted: Asks) -> None:
    """Set what stands before the signing of a release.

    Raises NotAllowed, ChangedSinceOpened, Refused once others are shown the list, or where less
    is asked for after the selection began.
    """
    check_curator(actor, release.edition)
    check_release_version(release, version)
    before = Asks(release.asks_opinions, release.notice_days)
    check_asks(release.state, before, wanted)
    changes = {
        "asks_opinions": (before.opinions, wanted.opinions),
        "notice_days": (before.notice_days, wanted.notice_days),
    }
    audit.record(actor, "set_asks", release, changes)
    release.asks_opinions, release.notice_days = wanted
    release.changed_at = clock.now()


@action
def step_back(actor: Person, release: Release, version: int, reason: str) -> None:
    """Take a list back to the selection while others are asked, or while it is on notice.

    Opinions that are complete count, others are broken off; a notice that still runs is stopped,
    and its page says why. Raises NotAllowed, ChangedSinceOpened, Refused.
    """
    if not reason.strip():
        raise Refused(_("Say why; those who were shown the list read it"), "reason")
    if release.state not in SHOWN_STATES:
        raise Refused(_("Only a list that others are shown is taken back to the selection"))
    was = release.state
    change_state(actor, release, version, EditionState.CURATING, "step_back", reason)
    if was == EditionState.CONSULTING:
        end_round(actor, release, reason)
    else:
        stop_running(actor, release, reason.strip())


def stop_running(actor: Person, release: Release, reason: str) -> None:
    """Stop the notice of a release where it still runs; one that is over stands as held."""
    notice = last_notice(release)
    assert notice is not None
    if state_of(notice, clock.today()) != NoticeState.RUNNING:
        return
    notice.stopped_at, notice.stop_reason = clock.now(), reason[:300]
    audit.record(actor, "stop_notice", notice, note=notice.stop_reason)
