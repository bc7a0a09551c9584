"""The yearly confirmation: its days on the record and its reminders

Revision: 0006, after 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("enterprise") as table:
        for name in ("confirmed_on", "confirm_due_on", "confirm_by"):
            table.add_column(sa.Column(name, sa.Date(), nullable=True))
        table.create_index("ix_enterprise_state_due", ["state", "confirm_due_on", "id"])
        table.create_index("ix_enterprise_state_confirm_by", ["state", "confirm_by", "id"])
    op.execute("UPDATE enterprise SET confirmed_on = admitted_on")
    op.create_table(
        "confirmation_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("confirm_by", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_confirmation_reminder_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_reminder")),
        sa.UniqueConstraint(
            "enterprise_id",
            "confirm_by",
            "days",
            name=op.f("uq_confirmation_reminder_enterprise_id_confirm_by_days"),
        ),
    )


def downgrade() -> None:
    op.drop_table("confirmation_reminder")
    with op.batch_alter_table("enterprise") as table:
        table.drop_index("ix_enterprise_state_confirm_by")
        table.drop_index("ix_enterprise_state_due")
        for name in ("confirm_by", "confirm_due_on", "confirmed_on"):
            table.drop_column(name)
