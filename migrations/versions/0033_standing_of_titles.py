"""Suspensions and revocations of titles with two clocks, and reminders of their end

Revision: 0033, after 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

OPEN = "decided_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "title_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ban_until", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["title_id"], ["title.id"], name=op.f("fk_title_request_title_id_title")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_title_request_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_title_request_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_request")),
    )
    with op.batch_alter_table("title_request") as batch_op:
        batch_op.create_index("ix_title_request_title", ["title_id", "id"])
        batch_op.create_index(
            "uq_title_request_open",
            ["title_id"],
            unique=True,
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        )
    op.create_table(
        "title_interruption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ban_until", sa.Date(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["title_id"], ["title.id"], name=op.f("fk_title_interruption_title_id_title")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["title_request.id"],
            name=op.f("fk_title_interruption_request_id_title_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_interruption")),
    )
    with op.batch_alter_table("title_interruption") as batch_op:
        batch_op.create_index("ix_title_interruption_title", ["title_id", "begins_on"])
    op.create_table(
        "title_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["title_id"], ["title.id"], name=op.f("fk_title_reminder_title_id_title")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_reminder")),
        sa.UniqueConstraint("title_id", "days", name=op.f("uq_title_reminder_title_id_days")),
    )
    with op.batch_alter_table("title") as batch_op:
        batch_op.create_index("ix_title_ending", ["valid_until", "id"])
    op.execute(
        "INSERT INTO title_interruption (title_id, state, begins_on, recorded_at, superseded_at)"
        " SELECT id, state, valid_from, recorded_at, superseded_at FROM title"
        " WHERE state <> 'valid'"
    )
    with op.batch_alter_table("title") as batch_op:
        batch_op.drop_column("state")


def downgrade() -> None:
    with op.batch_alter_table("title") as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(length=20), server_default="valid", nullable=False)
        )
    op.execute(
        "UPDATE title SET state = (SELECT min(state) FROM title_interruption WHERE"
        " title_interruption.title_id = title.id AND superseded_at IS NULL AND ends_on IS NULL)"
        " WHERE id IN (SELECT title_id FROM title_interruption WHERE superseded_at IS NULL"
        " AND ends_on IS NULL)"
    )
    with op.batch_alter_table("title") as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=20), server_default=None)
        batch_op.drop_index("ix_title_ending")
    op.drop_table("title_reminder")
    op.drop_table("title_interruption")
    op.drop_table("title_request")
