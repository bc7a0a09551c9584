"""codes by which named contacts answer, and why an officer removed one

Revision: 0024, after 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

COLUMNS = ("code_digest", "code_until", "code_tries", "end_reason")


def upgrade() -> None:
    with op.batch_alter_table("named_contact") as batch_op:
        batch_op.add_column(sa.Column("code_digest", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("code_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("code_tries", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("end_reason", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.create_index("ix_named_contact_address", ["address", "state"], unique=False)
    with op.batch_alter_table("named_contact") as batch_op:
        batch_op.alter_column("code_tries", server_default=None)
        batch_op.alter_column("end_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("named_contact") as batch_op:
        batch_op.drop_index("ix_named_contact_address")
        for name in COLUMNS:
            batch_op.drop_column(name)
