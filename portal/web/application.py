"""The application class: Flask without what this portal never uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from portal.web.headers import Answer
from portal.web.sessions import Sessions
from portal.web.templating import Environment


class Portal(Flask):
    """Flask with the portal's templates, sessions and answers."""

    jinja_environment = Environment
    jinja_options = Flask.jinja_options | {"cache_size": -1}  # all: there are as many as files
    session_interface = Sessions()
    response_class = Answer

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or hook as it is: none is asynchronous, and looking whether one might be
        takes longer for each request than some of them do."""
        return func
