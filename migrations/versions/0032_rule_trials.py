"""trials of rule versions over the registry

Revision: 0032, after 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_rule_trial_{column}_{table}")
            )
            for column, table in (
                ("rule_version_id", "rule_version"),
                ("against_id", "rule_version"),
                ("created_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_trial")),
    )
    with op.batch_alter_table("rule_trial") as batch_op:
        batch_op.create_index("ix_rule_trial_version", ["rule_version_id", "id"], unique=False)
    op.create_table(
        "rule_trial_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("low_before", sa.Double(), nullable=True),
        sa.Column("high_before", sa.Double(), nullable=True),
        sa.Column("low_after", sa.Double(), nullable=True),
        sa.Column("high_after", sa.Double(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["rule_trial.id"], name=op.f("fk_rule_trial_row_trial_id_rule_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_trial_row")),
        sa.UniqueConstraint(
            "trial_id", "enterprise_id", name=op.f("uq_rule_trial_row_trial_id_enterprise_id")
        ),
    )
    with op.batch_alter_table("rule_trial_row") as batch_op:
        batch_op.create_index(
            "ix_rule_trial_row_outcome", ["trial_id", "outcome", "enterprise_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("rule_trial_row")
    op.drop_table("rule_trial")
