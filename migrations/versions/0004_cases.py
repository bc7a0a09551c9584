"""What waits for officers: cases and the decisions on them

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = {
    "sqlite_where": sa.text("closed_at IS NULL"),
    "postgresql_where": sa.text("closed_at IS NULL"),
}
LISTS = {
    "due": ["order_on", "id"],
    "matter": ["matter", "stage", "order_on", "id"],
    "district": ["district_id", "order_on", "id"],
    "zone": ["zone_id", "order_on", "id"],
    "department": ["department_id", "order_on", "id"],
    "taken": ["taken_by_id", "order_on", "id"],
}


def upgrade() -> None:
    op.create_table(
        "work_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_from", sa.Date(), nullable=False),
        sa.Column("days_used", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("order_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_for", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_work_case_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["term.id"], name=op.f("fk_work_case_district_id_term")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["person.id"], name=op.f("fk_work_case_taken_by_id_person")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["term.id"], name=op.f("fk_work_case_zone_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_case")),
    )
    one = ["matter", "subject_kind", "subject_id"]
    op.create_index("uq_work_case_open", "work_case", one, unique=True, **OPEN)
    op.create_index("ix_work_case_subject", "work_case", ["subject_kind", "subject_id", "id"])
    op.create_index("ix_work_case_enterprise", "work_case", ["enterprise_id", "id"])
    for name, columns in LISTS.items():
        op.create_index(f"ix_work_case_{name}", "work_case", columns, **OPEN)
    op.create_table(
        "case_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["work_case.id"], name=op.f("fk_case_decision_case_id_work_case")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_case_decision_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decision")),
    )
    op.create_index(op.f("ix_case_decision_case_id"), "case_decision", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_decision")
    op.drop_table("work_case")
