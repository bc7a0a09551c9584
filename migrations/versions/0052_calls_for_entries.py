"""what calls for entries say, what was made known about them, reminders of drafts

Revision: 0052, after 0051
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_call",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("guidance_zh", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_list_call_release_id_release")
        ),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_list_call")),
    )
    op.create_table(
        "list_call_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("words_zh", sa.String(length=500), nullable=False),
        sa.Column("words_en", sa.String(length=800), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_list_call_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_list_call_event_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_call_event")),
    )
    with op.batch_alter_table("list_call_event") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_list_call_event_release_id"), ["release_id"], unique=False
        )
    op.create_table(
        "draft_reminder",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_draft_reminder_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", "closes_on", name=op.f("pk_draft_reminder")),
    )


def downgrade() -> None:
    op.drop_table("draft_reminder")
    with op.batch_alter_table("list_call_event") as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_call_event_release_id"))
    op.drop_table("list_call_event")
    op.drop_table("list_call")
