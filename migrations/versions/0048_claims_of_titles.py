"""words by which a text claims a title

Revision: 0048, after 0047
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("title_kind") as batch_op:
        batch_op.add_column(sa.Column("claimed_as", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("title_kind") as batch_op:
        batch_op.alter_column("claimed_as", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("title_kind") as batch_op:
        batch_op.drop_column("claimed_as")
