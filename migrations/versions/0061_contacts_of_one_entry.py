"""what a named contact agreed to: the public profile, or one entry

Revision: 0061, after 0060
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("named_contact") as batch_op:
        batch_op.add_column(
            sa.Column("about", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("about_title", sa.String(length=240), nullable=False, server_default="")
        )
        batch_op.create_index("ix_named_contact_about", ["about", "state", "id"], unique=False)


def downgrade() -> None:
    # Who agreed to be named for one entry did not agree to stand on the profile.
    op.execute("DELETE FROM named_contact WHERE about <> ''")
    with op.batch_alter_table("named_contact") as batch_op:
        batch_op.drop_index("ix_named_contact_about")
        batch_op.drop_column("about_title")
        batch_op.drop_column("about")
