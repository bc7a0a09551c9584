"""the name and code an enterprise was noticed with

Revision: 0056, after 0055
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recognition_noticed") as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(120), nullable=True))
        batch_op.add_column(sa.Column("uscc", sa.String(18), nullable=True))
    # Earlier notices kept no name: the present one is the best there is.
    op.execute(
        "UPDATE recognition_noticed SET"
        " name = (SELECT enterprise.name FROM enterprise JOIN recognition_application"
        " ON recognition_application.enterprise_id = enterprise.id"
        " WHERE recognition_application.id = recognition_noticed.application_id),"
        " uscc = (SELECT enterprise.uscc FROM enterprise JOIN recognition_application"
        " ON recognition_application.enterprise_id = enterprise.id"
        " WHERE recognition_application.id = recognition_noticed.application_id)"
    )
    with op.batch_alter_table("recognition_noticed") as batch_op:
        batch_op.alter_column("name", existing_type=sa.String(120), nullable=False)
        batch_op.alter_column("uscc", existing_type=sa.String(18), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("recognition_noticed") as batch_op:
        batch_op.drop_column("uscc")
        batch_op.drop_column("name")
