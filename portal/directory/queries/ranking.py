"""Ids found by the index, best first, as a table that SQL can join and order by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Integer, Subquery, bindparam, column, func, select

from portal.extensions import db


def ranked(ids: Sequence[int]) -> Subquery:
    """Return a subquery with columns `ref` and `place`, whatever the number of ids."""
    if db.engine.dialect.name == "postgresql":
        numbers = func.unnest(bindparam(None, list(ids), ARRAY(Integer)))
        listed: Any = numbers.table_valued("value", with_ordinality="key").render_derived()
    else:
        numbers = func.json_each(json.dumps(list(ids)))
        listed = numbers.table_valued(column("value", Integer), column("key", Integer))
    return select(listed.c.value.label("ref"), listed.c.key.label("place")).subquery()
