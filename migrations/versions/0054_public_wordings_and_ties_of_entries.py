"""public wordings and ties of entries

Revision: 0054, after 0053
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ended_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_for", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_id"], ["entry.id"], name=op.f("fk_entry_tie_ended_id_entry")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["entry.id"], name=op.f("fk_entry_tie_kept_id_entry")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_entry_tie_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_entry_tie_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_tie")),
    )
    with op.batch_alter_table("entry_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_tie_ended_id"), ["ended_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_tie_kept_id"), ["kept_id"], unique=False)

    op.create_table(
        "entry_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_for", sa.String(length=120), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ground", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_entry_wording_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_entry_wording_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_wording_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_entry_wording_proposed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_wording")),
    )
    with op.batch_alter_table("entry_wording", schema=None) as batch_op:
        batch_op.create_index("ix_entry_wording_entry", ["entry_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("entry_wording", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_wording_entry")

    op.drop_table("entry_wording")
    with op.batch_alter_table("entry_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_tie_kept_id"))
        batch_op.drop_index(batch_op.f("ix_entry_tie_ended_id"))

    op.drop_table("entry_tie")
