"""What an import brings is seen, and goes, with the import's own row

Records are written as they will stand, and their import hides them until it is done: nothing is
moved from one state to another at its end. Indexes of the public list hold the import for it.

Revision: 0028, after 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

PUBLIC = sa.text("state IN ('active', 'confirm_due', 'stale')")
CONFIRMED = sa.text("confirm_by IS NOT NULL")
LISTED = ("", "district", "zone", "key_industry", "node", "industry")
IMPORT = sa.table("import_job", sa.column("id"), sa.column("state"))
RECORD = sa.table(
    "enterprise",
    *(sa.column(name) for name in ("id", "state", "admitted_on", "created_at", "import_job_id")),
)
PERIOD_COLUMNS = ("enterprise_id", "state", "valid_from", "recorded_at")
PERIOD = sa.table("enterprise_period", *(sa.column(name) for name in PERIOD_COLUMNS))
UNFINISHED = RECORD.c.import_job_id.in_(sa.select(IMPORT.c.id).where(IMPORT.c.state == "writing"))


def show_unfinished() -> None:
    """Let the records of imports that are being written stand as they will."""
    waiting = sa.and_(RECORD.c.state == "importing", UNFINISHED)
    begun = sa.select(
        RECORD.c.id, sa.literal("active"), RECORD.c.admitted_on, RECORD.c.created_at
    ).where(waiting)
    op.execute(sa.insert(PERIOD).from_select(PERIOD_COLUMNS, begun))
    op.execute(sa.update(RECORD).where(waiting).values(state="active"))


def hide_unfinished() -> None:
    """Let them wait again."""
    op.execute(
        sa.update(RECORD).where(RECORD.c.state == "active", UNFINISHED).values(state="importing")
    )
    waiting = sa.select(RECORD.c.id).where(RECORD.c.state == "importing", UNFINISHED)
    op.execute(sa.delete(PERIOD).where(PERIOD.c.enterprise_id.in_(waiting)))


def list_by(*behind: str) -> None:
    """Make the indexes of the public list anew with these columns behind the others."""
    for name in LISTED:
        index = f"ix_enterprise_public_{name or 'all'}"
        columns = [*([f"{name}_id"] if name else []), "sort_key", "id", *behind]
        op.drop_index(index, table_name="enterprise")
        op.create_index(index, "enterprise", columns, sqlite_where=PUBLIC, postgresql_where=PUBLIC)


def upgrade() -> None:
    show_unfinished()
    list_by("import_job_id")
    op.drop_index("ix_enterprise_state_submitted", table_name="enterprise")
    op.drop_index("ix_enterprise_state_confirm_by", table_name="enterprise")
    op.create_index(
        "ix_enterprise_state_confirm_by",
        "enterprise",
        ["state", "confirm_by", "id"],
        sqlite_where=CONFIRMED,
        postgresql_where=CONFIRMED,
    )
    op.create_index("ix_import_job_state", "import_job", ["state"])
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_column("admission_no")


def downgrade() -> None:
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("admission_no", sa.String(length=40), nullable=True))
    op.drop_index("ix_import_job_state", table_name="import_job")
    op.drop_index("ix_enterprise_state_confirm_by", table_name="enterprise")
    op.create_index("ix_enterprise_state_confirm_by", "enterprise", ["state", "confirm_by", "id"])
    op.create_index("ix_enterprise_state_submitted", "enterprise", ["state", "submitted_at", "id"])
    list_by()
    hide_unfinished()
