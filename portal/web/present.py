"""The request, the application and what a request keeps, as they are.

Flask's own `request`, `current_app` and `g` stand for them and look for what they stand for at
every attribute: one look costs more than most of what is asked for. What every page passes many
times takes them from here. Each raises RuntimeError where there is none.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Request, current_app, g, request
from werkzeug.local import LocalProxy

present_request = cast("LocalProxy[Request]", request)._get_current_object
present_app = cast("LocalProxy[Flask]", current_app)._get_current_object
present_g = cast("LocalProxy[Any]", g)._get_current_object
