"""the orders in which the public reads the registry and the lists

Revision: 0064, after 0063
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

PUBLIC = sa.text("state IN ('active', 'confirm_due', 'stale')")


def upgrade() -> None:
    op.create_index(
        "ix_enterprise_public_admitted",
        "enterprise",
        ["admitted_on", "id", "import_job_id"],
        sqlite_where=PUBLIC,
        postgresql_where=PUBLIC,
    )
    op.create_index("ix_release_published", "release", ["published_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_release_published", "release")
    op.drop_index("ix_enterprise_public_admitted", "enterprise")
