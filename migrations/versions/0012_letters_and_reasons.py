"""Letters of decisions and the sentences officers use often

Revision: 0012, after 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("subject_number", sa.String(length=40), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("landline", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["work_case.id"], name=op.f("fk_decision_letter_case_id_work_case")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_decision_letter_department_id_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_letter_number")),
    )
    op.create_index(op.f("ix_decision_letter_case_id"), "decision_letter", ["case_id"])
    op.create_index("ix_decision_letter_enterprise", "decision_letter", ["enterprise_id", "id"])
    op.create_table(
        "canned_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_canned_reason_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reason")),
        sa.UniqueConstraint(
            "matter", "field", "text", name=op.f("uq_canned_reason_matter_field_text")
        ),
    )


def downgrade() -> None:
    op.drop_table("canned_reason")
    op.drop_table("decision_letter")
