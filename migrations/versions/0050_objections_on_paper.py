"""objections that came in on paper

Revision: 0050, after 0049
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recognition_objection") as batch_op:
        batch_op.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("came_on", sa.Date(), nullable=True))
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_recognition_objection_recorded_by_id_person"),
            "person",
            ["recorded_by_id"],
            ["id"],
        )


def downgrade() -> None:
    # A letter names nobody who has an account: it cannot be kept without its recorder.
    op.execute("DELETE FROM recognition_objection WHERE person_id IS NULL")
    with op.batch_alter_table("recognition_objection") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_recognition_objection_recorded_by_id_person"), type_="foreignkey"
        )
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("came_on")
        batch_op.drop_column("recorded_by_id")
