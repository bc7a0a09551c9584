"""entries by enterprise and by what they carry on: indexes of the few that name one

Most entries name neither, so that SQLite took the whole indexes for useless and read the table.

Revision: 0067, after 0066
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

INDEXES = {"ix_entry_enterprise": "enterprise_id", "ix_entry_continues": "continues_id"}


def upgrade() -> None:
    for name, column in INDEXES.items():
        op.drop_index(name, "entry")
        named = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "entry", [column, "id"], sqlite_where=named, postgresql_where=named)


def downgrade() -> None:
    for name, column in INDEXES.items():
        op.drop_index(name, "entry")
        op.create_index(name, "entry", [column, "id"])
