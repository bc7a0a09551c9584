"""assessments as stored, and which of them says how an enterprise stands now

Revision: 0025, after 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("digest_method", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("gap", sa.String(length=20), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("explanation", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_assessment_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_assessment_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["rule_version_id"],
            ["rule_version.id"],
            name=op.f("fk_assessment_rule_version_id_rule_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "enterprise_id",
            "rule_version_id",
            "facts_digest",
            name=op.f("uq_assessment_enterprise_id_rule_version_id_facts_digest"),
        ),
    )
    with op.batch_alter_table("assessment") as batch_op:
        batch_op.create_index("ix_assessment_rule_version_id", ["rule_version_id"], unique=False)
    op.create_table(
        "precheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("title_kind_id", sa.Integer(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("gap", sa.String(length=20), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("lasts_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_precheck_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_precheck_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["title_kind_id"], ["title_kind.id"], name=op.f("fk_precheck_title_kind_id_title_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precheck")),
        sa.UniqueConstraint(
            "enterprise_id", "series", name=op.f("uq_precheck_enterprise_id_series")
        ),
    )
    with op.batch_alter_table("precheck") as batch_op:
        batch_op.create_index("ix_precheck_assessment_id", ["assessment_id"], unique=False)
        batch_op.create_index("ix_precheck_lasts_until", ["lasts_until"], unique=False)
        batch_op.create_index(
            "ix_precheck_near",
            ["title_kind_id", "gap", "missing", "enterprise_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("precheck")
    op.drop_table("assessment")
