"""saved searches and entries of which somebody wants to be told

Revision: 0059, after 0058
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

RUNNING = sa.text("ended_at IS NULL")


def moment(name: str) -> sa.Column[object]:
    """Return a column of a moment that may not have come."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mail", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("watch", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        moment("confirmed_at"),
        moment("muted_at"),
        moment("ended_at"),
        moment("due_at"),
        moment("told_at"),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_due", "alert", ["due_at", "id"])
    op.create_index("ix_alert_reader", "alert", ["reader", "id"])
    op.create_index(op.f("ix_alert_person_id"), "alert", ["person_id"])
    op.create_index(
        "uq_alert_reader_address",
        "alert",
        ["reader", "address"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def downgrade() -> None:
    op.drop_table("alert")
