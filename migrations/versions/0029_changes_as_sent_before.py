"""what a report of a change said before it was returned

Revision: 0029, after 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.add_column(
            sa.Column("sent_before", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.alter_column("sent_before", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.drop_column("sent_before")
