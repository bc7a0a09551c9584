"""Members claim titles with particulars and evidence; one claim of a title is open at a time

Revision: 0023, after 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXTS = {
    "number": 60,
    "batch": 60,
    "subject": 120,
    "source_title": 200,
    "source_number": 80,
    "source_url": 300,
    "decided_for": 120,
    "outcome": 20,
}
DAYS = ("granted_on", "valid_from", "valid_until", "source_date")
UNDECIDED = {
    "sqlite_where": sa.text("decided_at IS NULL"),
    "postgresql_where": sa.text("decided_at IS NULL"),
}
ONE_EACH = "uq_title_claim_enterprise_id_kind_id_level"


def upgrade() -> None:
    with op.batch_alter_table("title_claim") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        for name, length in TEXTS.items():
            batch_op.add_column(
                sa.Column(name, sa.String(length=length), server_default="", nullable=False)
            )
        for name in DAYS:
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_title_claim_claimed_by_id_person"), "person", ["claimed_by_id"], ["id"]
        )
        batch_op.alter_column("import_job_id", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(op.f(ONE_EACH), type_="unique")
        batch_op.create_index("ix_title_claim_enterprise", ["enterprise_id", "id"])
        batch_op.create_index(
            "uq_title_claim_open", ["enterprise_id", "kind_id", "level"], unique=True, **UNDECIDED
        )
    op.execute(
        "UPDATE title_claim SET outcome = CASE WHEN title_id IS NULL THEN 'refused'"
        " ELSE 'verified' END WHERE decided_at IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM title_claim WHERE import_job_id IS NULL")
    op.execute(
        "DELETE FROM title_claim WHERE id NOT IN (SELECT max(id) FROM title_claim"
        " GROUP BY enterprise_id, kind_id, level)"
    )
    with op.batch_alter_table("title_claim") as batch_op:
        batch_op.drop_index("uq_title_claim_open", **UNDECIDED)
        batch_op.drop_index("ix_title_claim_enterprise")
        batch_op.create_unique_constraint(op.f(ONE_EACH), ["enterprise_id", "kind_id", "level"])
        batch_op.alter_column("import_job_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(op.f("fk_title_claim_claimed_by_id_person"), type_="foreignkey")
        batch_op.drop_column("claimed_by_id")
        for name in (*reversed(DAYS), *reversed(TEXTS), "version"):
            batch_op.drop_column(name)
