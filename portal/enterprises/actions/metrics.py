"""Loading the metrics: reference data."""

from __future__ import annotations

from typing import Any

from portal.database import action, put
from portal.enterprises.models import Metric


@action
def put_metric(code: str, **facts: Any) -> Metric:
    """Add or update a metric."""
    return put(Metric, {"code": code}, **facts)
