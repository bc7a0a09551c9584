"""titles by enterprise and kind: whether a firm holds a title is told by the index alone

The registry filtered by a title asks this of one enterprise after the other.

Revision: 0068, after 0067
"""

from __future__ import annotations

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_title_enterprise_id", "title")
    op.create_index("ix_title_enterprise", "title", ["enterprise_id", "kind_id"])


def downgrade() -> None:
    op.drop_index("ix_title_enterprise", "title")
    op.create_index("ix_title_enterprise_id", "title", ["enterprise_id"])
