"""scores of entries and decisions on many

Revision: 0053, after 0052
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_bulk_decision_done_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_bulk_decision_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_decision")),
    )
    with op.batch_alter_table("bulk_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bulk_decision_release_id"), ["release_id"], unique=False
        )

    op.create_table(
        "entry_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=300), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_conflict_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_entry_conflict_officer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_conflict")),
        sa.UniqueConstraint(
            "entry_id", "officer_id", name=op.f("uq_entry_conflict_entry_id_officer_id")
        ),
    )
    with op.batch_alter_table("entry_conflict", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entry_conflict_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "entry_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(length=1000), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_score_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_entry_score_officer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_score")),
        sa.UniqueConstraint(
            "entry_id", "officer_id", name=op.f("uq_entry_score_entry_id_officer_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("entry_score")
    with op.batch_alter_table("entry_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_conflict_officer_id"))

    op.drop_table("entry_conflict")
    with op.batch_alter_table("bulk_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_decision_release_id"))

    op.drop_table("bulk_decision")
