"""indexes by which officers list the records of a district or zone, latest change first

Revision: 0035, after 0034
"""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_enterprise_district_updated": ["district_id", "updated_at", "id"],
    "ix_enterprise_zone_updated": ["zone_id", "updated_at", "id"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "enterprise", columns, unique=False)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="enterprise")
