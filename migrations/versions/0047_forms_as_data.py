"""sections and anonymity of entry kinds, entries without name, entries that carry on another

Revision: 0047, after 0046
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entry_subtype") as batch_op:
        batch_op.add_column(
            sa.Column("allows_anonymous", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("sections", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("entry_subtype") as batch_op:
        batch_op.alter_column("allows_anonymous", server_default=None)
        batch_op.alter_column("sections", server_default=None)

    with op.batch_alter_table("entry") as batch_op:
        batch_op.add_column(
            sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("continues_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_entry_continues_id_entry"), "entry", ["continues_id"], ["id"]
        )
        batch_op.create_index("ix_entry_continues", ["continues_id", "id"], unique=False)
    with op.batch_alter_table("entry") as batch_op:
        batch_op.alter_column("anonymous", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("entry") as batch_op:
        batch_op.drop_index("ix_entry_continues")
        batch_op.drop_constraint(batch_op.f("fk_entry_continues_id_entry"), type_="foreignkey")
        batch_op.drop_column("continues_id")
        batch_op.drop_column("anonymous")

    with op.batch_alter_table("entry_subtype") as batch_op:
        batch_op.drop_column("sections")
        batch_op.drop_column("allows_anonymous")
