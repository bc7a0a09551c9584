"""What the public reads of calls for entries (征集通知): open ones and those of before."""

from __future__ import annotations

from flask import current_app, render_template, send_file
from werkzeug.wrappers import Response

from portal import files
from portal.lists.queries import calls as queries
from portal.lists.queries.subtypes import subtypes
from portal.lists.terms.calls import CALL_EVENT_NAMES, FIELD_TYPE_NAMES
from portal.lists.terms.kinds import PUBLISHER_KIND_NAMES
from portal.web.pagination import asked_page, page_of


def list_calls() -> str:
    """List the calls for entries."""
    page = page_of(queries.count_public_calls(), asked_page())
    return render_template(
        "directory/list_calls.html",
        calls=queries.public_calls(page.offset, page.size),
        page=page,
        takes_entries=queries.takes_entries,
    )


def list_call(release_id: int) -> str:
    """Show a call: its window, guidance, what is asked, and what was made known since."""
    release, call = queries.get_public_call(release_id)
    return render_template(
        "directory/list_call.html",
        release=release,
        edition=release.edition,
        call=call,
        attachments=queries.call_files(release),
        events=queries.call_events(release),
        is_open=queries.takes_entries(release),
        subtypes=subtypes(release.edition.kind),
        event_names=CALL_EVENT_NAMES,
        type_names=FIELD_TYPE_NAMES,
        audience_names=PUBLISHER_KIND_NAMES,
    )


def list_call_file(release_id: int, name: str) -> Response:
    """Send an attachment of a call that was made known."""
    release, _call = queries.get_public_call(release_id)
    file = queries.get_call_file(release, name)
    return send_file(
        files.path_of(current_app.config["FILES"], file.name),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.original_name,
    )
