"""What the public reads of the titles the city grants itself: calls, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, render_template, request

from portal import clock
from portal.classification.models.titles import Title
from portal.classification.queries.certificates import certificates_by_title
from portal.classification.queries.granted import granted_with_number
from portal.classification.queries.titles import get_title_kind, held_now
from portal.classification.terms.titles import STANDING_NAMES
from portal.recognition import words as said
from portal.recognition.queries import calls as queries
from portal.recognition.queries import notices as notice_queries
from portal.recognition.queries.renewals import under_renewal
from portal.recognition.terms.applications import UNDER_WAY, AppState
from portal.recognition.terms.calls import CALL_EVENT_NAMES, CallState
from portal.web.pagination import asked_page, page_of

REVERSED = "reversed"


def recognition() -> str:
    """List the calls, open ones and those of before."""
    page = page_of(queries.count_calls(), asked_page())
    return render_template(
        "directory/recognition.html",
        calls=queries.calls(page.offset, page.size),
        page=page,
        notices=notice_queries.notices() if page.number == 1 else [],
        today=clock.today(),
        said=said,
    )


def recognition_call(call_id: int) -> str:
    """Show a call: its window, guidance, documents, and what was made known since."""
    call = queries.get_call(call_id)
    return render_template(
        "directory/recognition_call.html",
        call=call,
        kind=get_title_kind(call.kind.slug),
        bodies=queries.departments_by_slug(call.bodies),
        is_open=queries.state_of(call, clock.today()) == CallState.OPEN,
        event_names=CALL_EVENT_NAMES,
        said=said,
    )


def recognition_notice(notice_id: int) -> str:
    """Show a notice: contact, days, and the enterprises on it with what became of each."""
    notice = notice_queries.get_notice(notice_id)
    return render_template(
        "directory/recognition_notice.html",
        notice=notice,
        noticed=notice_queries.noticed_on(notice),
        runs=notice_queries.is_running(notice, clock.today()),
        on_notice=(AppState.NOTICED, AppState.CONTESTED),
        under_review=UNDER_WAY,
    )


def check_title() -> str:
    """Ask for a number, or show how the title of that number stands today."""
    number = request.args.get("number", "").strip()[:60]
    return checked_page(number, granted_with_number(number) if number else [])


def checked_title(number: str) -> str:
    """Show how the title of a number stands today; the address that certificates carry."""
    titles = granted_with_number(number)
    if not titles:
        abort(404)
    return checked_page(number, titles)


def checked_page(number: str, titles: Sequence[Title]) -> str:
    """Return the page that shows how titles of a number stand today, with the hashes of their
    certificates."""
    return render_template(
        "directory/check_title.html",
        number=number,
        titles=[(title, standing_today(title), name_before(title)) for title in titles],
        certificates=certificates_by_title(titles).values(),
        standing_names=STANDING_NAMES,
        renewing=under_renewal([title.id for title in titles]),
        today=clock.today(),
    )


def name_before(title: Title) -> str:
    """Return the name a title was recognised under, where its holder bears another by now."""
    name = notice_queries.name_noticed(title)
    return name if name != title.enterprise.name else ""


def standing_today(title: Title) -> str:
    """Return how a title stands today; one whose decision was reversed is reversed."""
    if title.superseded_at is not None:
        return REVERSED
    return str(held_now(title).standing)
