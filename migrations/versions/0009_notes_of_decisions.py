"""The note an officer leaves for the next one with a decision on a case

Revision: 0009, after 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_decision") as batch:
        batch.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("case_decision") as batch:
        batch.alter_column("note", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("case_decision") as batch:
        batch.drop_column("note")
