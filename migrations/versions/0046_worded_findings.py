"""Findings of imports are kept by message id; what few records name stands in no index of all

Findings and failures are worded for whoever reads them: what was kept in one language stays so.
A sheet names zone, chain and industry of few enterprises: writing the others touches five indexes
less. Nothing looks figures up by their origin.

Revision: 0046, after 0045
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

PUBLIC = "state IN ('active', 'confirm_due', 'stale')"
NAMED = ("zone", "key_industry", "node", "industry")
WORDED = (("import_finding", "message"), ("import_job", "failure"))


def index(name: str, columns: list[str], *conditions: str) -> None:
    """Make an index of the registry anew, for the rows of these conditions alone."""
    where = sa.text(" AND ".join(conditions)) if conditions else None
    op.drop_index(name, table_name="enterprise")
    op.create_index(name, "enterprise", columns, sqlite_where=where, postgresql_where=where)


def index_all(named: bool) -> None:
    """Make the indexes by what few records name, for those that name it or for all."""
    zone = ["zone_id IS NOT NULL"] if named else []
    index("ix_enterprise_zone_updated", ["zone_id", "updated_at", "id"], *zone)
    for name in NAMED:
        columns = [f"{name}_id", "sort_key", "id", "import_job_id"]
        conditions = [PUBLIC, f"{name}_id IS NOT NULL"] if named else [PUBLIC]
        index(f"ix_enterprise_public_{name}", columns, *conditions)


def keep_as_json() -> None:
    """Turn the texts of findings and failures into JSON texts; empty ones too."""
    as_json = "json_quote({})" if op.get_bind().dialect.name == "sqlite" else "to_json({})::text"
    for table, column in WORDED:
        op.execute(f"UPDATE {table} SET {column} = {as_json.format(column)}")  # noqa: S608


def keep_as_text() -> None:
    """Turn what was kept into the English text it stands for."""
    for name, column in WORDED:
        table = sa.table(name, sa.column("id"), sa.column(column))
        said = table.c[column]
        bind = op.get_bind()
        last = 0
        set_text = sa.update(table).where(table.c.id == sa.bindparam("row"))
        while rows := bind.execute(
            sa.select(table.c.id, said).where(table.c.id > last).order_by(table.c.id).limit(1000)
        ).all():
            last = rows[-1].id
            texts = [{"row": row.id, "text": in_english(json.loads(row[1]))[:500]} for row in rows]
            bind.execute(set_text.values({column: sa.bindparam("text")}), texts)


def in_english(kept: Any) -> Any:
    """Return the text of what was kept: [message id, values], a list of such, or a plain text."""
    if isinstance(kept, list):
        return kept[0] % {name: in_english(value) for name, value in kept[1].items()}
    if isinstance(kept, dict):
        return "、".join(map(in_english, kept["list"]))
    return kept


def upgrade() -> None:
    with op.batch_alter_table("import_job") as batch:
        batch.drop_column("language")
        batch.alter_column("failure", existing_type=sa.String(500), type_=sa.Text())
    keep_as_json()
    index_all(named=True)
    op.drop_index("ix_figure_origin", table_name="figure")


def downgrade() -> None:
    has_origin = sa.text("origin <> ''")
    op.create_index(
        "ix_figure_origin",
        "figure",
        ["origin"],
        sqlite_where=has_origin,
        postgresql_where=has_origin,
    )
    index_all(named=False)
    keep_as_text()
    with op.batch_alter_table("import_job") as batch:
        batch.alter_column("failure", existing_type=sa.Text(), type_=sa.String(500))
        batch.add_column(
            sa.Column("language", sa.String(20), nullable=False, server_default="zh_Hans_CN")
        )
    with op.batch_alter_table("import_job") as batch:
        batch.alter_column("language", existing_type=sa.String(20), server_default=None)
