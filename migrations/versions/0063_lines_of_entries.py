"""published entries worded ahead for files; the worker words those there are

Revision: 0063, after 0062
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_line",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("worded", sa.String(length=16), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_line_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_line")),
    )


def downgrade() -> None:
    op.drop_table("entry_line")
