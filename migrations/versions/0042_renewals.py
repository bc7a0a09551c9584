"""calls for renewals, and the title an application renews

Revision: 0042, after 0041
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recognition_call") as batch_op:
        batch_op.add_column(
            sa.Column("renewals_only", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("recognition_call") as batch_op:
        batch_op.alter_column("renewals_only", server_default=None)
    with op.batch_alter_table("recognition_application") as batch_op:
        batch_op.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_recognition_application_renews_id_title"),
            "title",
            ["renews_id"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_recognition_application_renews_id"), ["renews_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("recognition_application") as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_application_renews_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_recognition_application_renews_id_title"), type_="foreignkey"
        )
        batch_op.drop_column("renews_id")
    with op.batch_alter_table("recognition_call") as batch_op:
        batch_op.drop_column("renewals_only")
