"""What the public reads of lists on public notice (公示): the only place where they stand before
they are released."""

from __future__ import annotations

from flask import render_template

from portal import clock
from portal.lists.queries import notices as queries
from portal.lists.terms.steps import NOTICE_STATE_NAMES, NoticeState
from portal.web.pagination import asked_page, page_of


def list_notices() -> str:
    """List the public notices of lists."""
    page = page_of(queries.count_public_notices(), asked_page())
    return render_template(
        "directory/list_notices.html",
        notices=queries.public_notices(page.offset, page.size),
        page=page,
        state_of=queries.state_of,
        state_names=NOTICE_STATE_NAMES,
        today=clock.today(),
    )


def list_notice(notice_id: int) -> str:
    """Show a notice: its days, what may be objected and where, and the entries on it."""
    notice = queries.get_notice(notice_id)
    state = queries.state_of(notice, clock.today())
    return render_template(
        "directory/list_notice.html",
        notice=notice,
        release=notice.release,
        edition=notice.release.edition,
        entries=queries.noticed_entries(notice),
        in_full=queries.is_readable(notice),
        contested=queries.contested_ids(notice),
        struck=queries.struck_ids(notice),
        state=state,
        runs=state == NoticeState.RUNNING,
        state_names=NOTICE_STATE_NAMES,
    )
