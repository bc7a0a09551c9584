"""officers' rights with dates, zones and a reason for their end; deputies for leave

Revision: 0008, after 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_deputy_dates")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_deputy_{column}_person")
            )
            for column in ("officer_id", "deputy_id", "set_by_id", "ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    with op.batch_alter_table("deputy") as batch_op:
        batch_op.create_index("ix_deputy_deputy_id", ["deputy_id"], unique=False)
        batch_op.create_index("ix_deputy_officer_id", ["officer_id"], unique=False)
    add_dates()


def add_dates() -> None:
    """Give what was granted before its first day: the day it was granted."""
    with op.batch_alter_table("officer_right") as batch_op:
        batch_op.add_column(sa.Column("zone_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("end_reason", sa.String(length=300), nullable=False, server_default="")
        )
    op.execute("UPDATE officer_right SET valid_from = date(granted_at)")
    with op.batch_alter_table("officer_right") as batch_op:
        batch_op.alter_column("valid_from", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("end_reason", server_default=None)
        batch_op.create_index(
            "ix_officer_right_right", ["right", "department_id", "person_id"], unique=False
        )
        batch_op.create_foreign_key("fk_officer_right_zone_id_term", "term", ["zone_id"], ["id"])
        batch_op.create_foreign_key(
            "fk_officer_right_ended_by_id_person", "person", ["ended_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_officer_right_one_place"), "district_id IS NULL OR zone_id IS NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_officer_right_dates"), "valid_until IS NULL OR valid_until >= valid_from"
        )


def downgrade() -> None:
    with op.batch_alter_table("officer_right") as batch_op:
        batch_op.drop_constraint(op.f("ck_officer_right_dates"), type_="check")
        batch_op.drop_constraint(op.f("ck_officer_right_one_place"), type_="check")
        batch_op.drop_constraint("fk_officer_right_ended_by_id_person", type_="foreignkey")
        batch_op.drop_constraint("fk_officer_right_zone_id_term", type_="foreignkey")
        batch_op.drop_index("ix_officer_right_right")
        for column in ("end_reason", "ended_by_id", "valid_until", "valid_from", "zone_id"):
            batch_op.drop_column(column)
    op.drop_table("deputy")
