"""Merges of duplicate records

Revision: 0015, after 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OPEN = sa.text("decided_at IS NULL")
PEOPLE = {"asked_by_id": "person", "decided_by_id": "person", "undone_by_id": "person"}
RECORDS = {"survivor_id": "enterprise", "merged_id": "enterprise"}


def upgrade() -> None:
    op.create_table(
        "enterprise_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("frees_code", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.Column("state_before", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_ground", sa.String(length=500), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_merge")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_enterprise_merge_{column}_{table}")
            )
            for column, table in (RECORDS | PEOPLE).items()
        ),
    )
    op.create_index("ix_enterprise_merge_merged", "enterprise_merge", ["merged_id", "id"])
    op.create_index("ix_enterprise_merge_survivor", "enterprise_merge", ["survivor_id", "id"])
    op.create_index(
        "uq_enterprise_merge_open",
        "enterprise_merge",
        ["merged_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("enterprise_merge")
