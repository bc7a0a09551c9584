"""the place of an entry in an industry chain

Revision: 0058, after 0057
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entry") as batch_op:
        batch_op.add_column(sa.Column("node_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_entry_node_id"), ["node_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_entry_node_id_term"), "term", ["node_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("entry") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_entry_node_id_term"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_entry_node_id"))
        batch_op.drop_column("node_id")
