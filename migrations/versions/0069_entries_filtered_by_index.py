"""what entries are filtered by stands in the index of their order

A filtered list read each entry with its long texts to find out that it does not pass.

Revision: 0069, after 0068
"""

from __future__ import annotations

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

ORDER = ["release_id", "state", "position", "id"]
FILTERED = [
    *("life", "standing", "closes_on", "district_id", "zone_id", "field_id", "node_id"),
    *("publisher_kind", "subtype_id", "number"),
]


def upgrade() -> None:
    op.drop_index("ix_entry_release_position", "entry")
    op.create_index("ix_entry_release_position", "entry", ORDER + FILTERED)


def downgrade() -> None:
    op.drop_index("ix_entry_release_position", "entry")
    op.create_index("ix_entry_release_position", "entry", ORDER)
