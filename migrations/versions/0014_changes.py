"""Reports of changes with their history; former names get periods in a table of their own

Revision: 0014, after 0013
"""

from __future__ import annotations

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = sa.text("decided_at IS NULL")
ENTERPRISE = sa.table("enterprise", sa.column("id", sa.Integer), sa.column("former_names", sa.JSON))
NAME = sa.table(
    "enterprise_name",
    sa.column("id", sa.Integer),
    sa.column("enterprise_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
)


def references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """Return the foreign keys of a table: column → table."""
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
        )
        for column, target in columns.items()
    ]


def upgrade() -> None:
    create_names()
    create_changes()
    create_past_facts()


def create_names() -> None:
    """Create the table of former names and move those of the record into it."""
    op.create_table(
        "enterprise_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_name")),
        *references("enterprise_name", enterprise_id="enterprise"),
    )
    op.create_index("ix_enterprise_name_enterprise", "enterprise_name", ["enterprise_id", "id"])
    op.create_index("ix_enterprise_name_name", "enterprise_name", ["name"])
    connection, moment = op.get_bind(), datetime.now(timezone.utc)
    for row in connection.execute(sa.select(ENTERPRISE)).all():
        for name in reversed(row.former_names or []):
            kept = {"enterprise_id": row.id, "name": name, "recorded_at": moment}
            connection.execute(sa.insert(NAME).values(kept))
    with op.batch_alter_table("enterprise") as table:
        table.drop_column("former_names")


def create_changes() -> None:
    """Create the table of reports."""
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("report_by", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("hint", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(length=2000), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
        sa.UniqueConstraint("number", name=op.f("uq_change_request_number")),
        *references(
            "change_request",
            enterprise_id="enterprise",
            opened_by_id="person",
            submitted_by_id="person",
            decided_by_id="person",
        ),
    )
    op.create_index("ix_change_request_due", "change_request", ["state", "report_by", "id"])
    op.create_index("ix_change_request_enterprise", "change_request", ["enterprise_id", "id"])
    op.create_index(
        "uq_change_request_open",
        "change_request",
        ["enterprise_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def create_past_facts() -> None:
    """Create the table of what was true before."""
    op.create_table(
        "enterprise_past_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_past_fact")),
        *references("enterprise_past_fact", enterprise_id="enterprise", change_id="change_request"),
    )
    op.create_index(
        "ix_enterprise_past_fact_enterprise", "enterprise_past_fact", ["enterprise_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("enterprise_past_fact")
    op.drop_table("change_request")
    with op.batch_alter_table("enterprise") as table:
        table.add_column(sa.Column("former_names", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    former: dict[int, list[str]] = {}
    for row in connection.execute(sa.select(NAME).order_by(NAME.c.id.desc())):
        former.setdefault(row.enterprise_id, []).append(row.name)
    for enterprise_id, names in former.items():
        chosen = ENTERPRISE.c.id == enterprise_id
        connection.execute(sa.update(ENTERPRISE).where(chosen).values(former_names=names))
    with op.batch_alter_table("enterprise") as table:
        table.alter_column("former_names", server_default=None)
    op.drop_table("enterprise_name")
