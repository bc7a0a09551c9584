"""The Flask extensions, created once and bound to the app in create_app()."""

from __future__ import annotations

import json
from typing import Any

import orjson
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, MetaData, text
from sqlalchemy.orm import DeclarativeBase, registry

from portal.limiting import Limiter

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Typed declarative base; constraint names are fixed so that migrations can name them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={dict[str, Any]: JSON, list[Any]: JSON},
    )


def where(*conditions: str) -> dict[str, Any]:
    """Return the options of an index that holds only the rows of these conditions."""
    condition = text(" AND ".join(conditions))
    return {"sqlite_where": condition, "postgresql_where": condition}


def read_json(text: str) -> Any:
    """Return what a column of JSON holds: the fast reader refuses half a surrogate pair, which
    a column may hold, and the standard library's does not."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


db = SQLAlchemy(
    model_class=Base,
    session_options={"autoflush": True},
    engine_options={"json_deserializer": read_json},
)
migrate = Migrate(render_as_batch=True, compare_type=True)
login_manager = LoginManager()
login_manager.session_protection = None  # a sign-in is a row of a table, and none is less fresh
babel = Babel()
csrf = CSRFProtect()
limiter = Limiter()
