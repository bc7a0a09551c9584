"""kept counts: cells of public records, and of which day and change they are

An empty database is counted from the start; one that holds records is counted by the worker.

Revision: 0060, after 0059
"""

from __future__ import annotations

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kinds = op.create_table(
        "counted_kind",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_counted_kind")),
    )
    op.create_table(
        "counted_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_cell")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_counted_cell_kind_key")),
    )
    op.create_index("ix_counted_cell_changed", "counted_cell", ["kind", "version"])
    records = sa.text("SELECT (SELECT count(*) FROM enterprise) + (SELECT count(*) FROM entry)")
    if not op.get_bind().scalar(records):
        day = datetime.now(timezone.utc).date()
        op.bulk_insert(
            kinds,
            [
                {"kind": kind, "version": 0, "epoch": "empty", "day": day}
                for kind in ("enterprise", "entry")
            ],
        )


def downgrade() -> None:
    op.drop_table("counted_cell")
    op.drop_table("counted_kind")
