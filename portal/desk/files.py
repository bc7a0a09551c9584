"""Handing out stored files: only as attachments, only to those who may read them, never unseen."""

from __future__ import annotations

from flask import current_app, send_file
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person, signed_in
from portal.desk.views import blueprint
from portal.errors import NotFound


@blueprint.get("/files/<name>")
@signed_in
def file(name: str) -> Response:
    """Download a file under its original name; who may not read it learns nothing of it."""
    found = files.get_file(name)
    if not files.may_read(person(), found):
        raise NotFound
    path = files.path_of(current_app.config["FILES"], found.name)
    if not path.is_file():
        current_app.logger.error("stored file %s has lost its bytes", found.id)
        raise NotFound
    files.note_reading(person(), found)
    return send_file(
        path,
        mimetype=found.content_type,
        as_attachment=True,
        download_name=found.original_name,
        conditional=False,
        etag=False,
        max_age=0,
    )
