"""Where a record comes from, and versions of memberships

Revision: 0007, after 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("enterprise") as batch:
        batch.add_column(
            sa.Column("origin", sa.String(length=20), nullable=False, server_default="self")
        )
    with op.batch_alter_table("membership") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("membership") as batch:
        batch.drop_column("version")
    with op.batch_alter_table("enterprise") as batch:
        batch.drop_column("origin")
