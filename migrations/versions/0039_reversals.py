"""reversals of decisions on applications for recognition

Revision: 0039, after 0038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recognition_reversal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
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
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_reversal_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_recognition_reversal_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_reversal_decided_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_reversal")),
    )
    with op.batch_alter_table("recognition_reversal") as batch_op:
        batch_op.create_index(
            "uq_recognition_reversal_open",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.create_index(
            "ix_recognition_reversal_application", ["application_id", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("recognition_reversal") as batch_op:
        batch_op.drop_index("ix_recognition_reversal_application")
        batch_op.drop_index("uq_recognition_reversal_open")

    op.drop_table("recognition_reversal")
