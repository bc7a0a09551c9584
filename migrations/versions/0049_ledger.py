"""the ledger of outcomes, questions about entries

Revision: 0049, after 0048
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("life", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_as", sa.String(length=20), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_outcome_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["person.id"], name=op.f("fk_entry_outcome_noted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_outcome")),
    )
    with op.batch_alter_table("entry_outcome") as batch_op:
        batch_op.create_index("ix_entry_outcome_entry", ["entry_id", "id"], unique=False)

    op.create_table(
        "still_open",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_still_open_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_still_open_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_still_open")),
        sa.UniqueConstraint("entry_id", "asked_on", name=op.f("uq_still_open_entry_id_asked_on")),
    )
    with op.batch_alter_table("still_open") as batch_op:
        batch_op.create_index("ix_still_open_due", ["answered_at", "due_on"], unique=False)

    op.create_table(
        "ledger_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_ledger_waiver_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["consented_by_id"], ["person.id"], name=op.f("fk_ledger_waiver_consented_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_ledger_waiver_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_waiver")),
    )
    with op.batch_alter_table("ledger_waiver") as batch_op:
        batch_op.create_index("ix_ledger_waiver_release", ["release_id", "id"], unique=False)

    op.create_table(
        "entry_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_entry_question_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_question_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_question_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_question")),
    )
    with op.batch_alter_table("entry_question") as batch_op:
        batch_op.create_index("ix_entry_question_asker", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_entry_question_entry", ["entry_id", "answered_at", "id"], unique=False
        )


def downgrade() -> None:
    for name in ("entry_question", "ledger_waiver", "still_open", "entry_outcome"):
        op.drop_table(name)
