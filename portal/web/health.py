"""Is the process alive, and is it ready: for the supervisor and the load balancer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, current_app, jsonify

Check = Callable[[], object]
blueprint = Blueprint("health", __name__)


@dataclass(frozen=True)
class Checks:
    """Checks by name; each returns something to show, or raises.

    Without `required` (the database) the process cannot serve and is taken out; what is
    `reported` (worker, outbox age, index lag) is only shown, never a reason to take it out.
    """

    required: Mapping[str, Check] = field(default_factory=dict)
    reported: Mapping[str, Check] = field(default_factory=dict)


def results(checks: Mapping[str, Check]) -> tuple[dict[str, object], bool]:
    """Run checks: what each said, and whether none failed."""
    said: dict[str, object] = {}
    well = True
    for name, check in checks.items():
        try:
            said[name] = check()
        except Exception as error:  # whatever it is, it is the answer
            current_app.logger.warning("Check %s failed: %s", name, type(error).__name__)
            said[name], well = "failed", False
    return said, well


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer as long as this process does."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer 200 while the required checks pass, 503 otherwise, with what every check said."""
    checks: Checks = current_app.extensions["checks"]
    required, ready = results(checks.required)
    reported, _ = results(checks.reported)
    return jsonify(ready=ready, **required, **reported), 200 if ready else 503


def init_app(app: Flask, checks: Checks) -> None:
    app.extensions["checks"] = checks
    app.register_blueprint(blueprint)
