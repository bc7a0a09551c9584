"""The request, the application and what a request keeps, as they are.

Flask's own `request`, `current_app` and `g` stand for them and look for what they stand for at
every attribute: one look costs more than most of what is asked for. What every page passes many
times takes them from here.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Request, current_app, g, request
from werkzeug.local import LocalProxy


def present_request() -> Request:
    """Return the request being answered. Raises RuntimeError outside of one."""
    return cast("LocalProxy[Request]", request)._get_current_object()


def present_app() -> Flask:
    """Return the application at work. Raises RuntimeError outside of it."""
    return cast("LocalProxy[Flask]", current_app)._get_current_object()


def present_g() -> Any:
    """Return what is kept while a request or command runs. Raises RuntimeError outside of it."""
    return cast("LocalProxy[Any]", g)._get_current_object()
