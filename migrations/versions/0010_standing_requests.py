"""Requests to suspend, restore or remove a record

Revision: 0010, after 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "standing_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=120), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("statement", sa.String(length=2000), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stated_by_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_request")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_standing_request_{column}_{table}")
            )
            for column, table in (
                ("enterprise_id", "enterprise"),
                ("asked_by_id", "person"),
                ("stated_by_id", "person"),
                ("decided_by_id", "person"),
            )
        ),
    )
    op.create_index(
        "uq_standing_request_open",
        "standing_request",
        ["enterprise_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_standing_request_enterprise", "standing_request", ["enterprise_id", "id"])


def downgrade() -> None:
    op.drop_table("standing_request")
