"""What the public reads of the titles the city grants itself: calls, and what became of them."""

from __future__ import annotations

from flask import render_template

from portal import clock
from portal.classification.queries.titles import get_title_kind
from portal.recognition import words as said
from portal.recognition.queries import calls as queries
from portal.recognition.terms.calls import CALL_EVENT_NAMES, CallState
from portal.web.pagination import asked_page, page_of


def recognition() -> str:
    """List the calls, open ones and those of before."""
    page = page_of(queries.count_calls(), asked_page())
    return render_template(
        "directory/recognition.html",
        calls=queries.calls(page.offset, page.size),
        page=page,
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
