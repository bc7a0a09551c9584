"""letters of decisions to one person, as on a request to act for an enterprise

Revision: 0026, after 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision_letter") as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_decision_letter_person_id_person"), "person", ["person_id"], ["id"]
        )
        batch_op.create_index("ix_decision_letter_person", ["person_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decision_letter") as batch_op:
        batch_op.drop_index("ix_decision_letter_person")
        batch_op.drop_constraint(op.f("fk_decision_letter_person_id_person"), type_="foreignkey")
        batch_op.drop_column("person_id")
