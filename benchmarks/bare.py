"""A Flask route that does nothing: what the public's pages are measured against."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.get("/healthz")
@app.get("/bare")
def bare() -> str:
    """Answer with a few bytes."""
    return "ok"
