"""versions of the rules for titles, and when each judges

Revision: 0022, after 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("title_kind_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("digest_method", sa.String(length=20), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("source_title", sa.String(length=300), nullable=False),
        sa.Column("source_number", sa.String(length=120), nullable=False),
        sa.Column("source_url", sa.String(length=300), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("indicative", sa.Boolean(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.String(length=500), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ground", sa.String(length=500), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_rule_version_{column}_{table}")
            )
            for column, table in (
                ("title_kind_id", "title_kind"),
                ("based_on_id", "rule_version"),
                ("created_by_id", "person"),
                ("proposed_by_id", "person"),
                ("decided_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint("slug", name=op.f("uq_rule_version_slug")),
    )
    with op.batch_alter_table("rule_version") as batch_op:
        batch_op.create_index(
            "ix_rule_version_series", ["series", "effective_from", "id"], unique=False
        )
        batch_op.create_index("ix_rule_version_title_kind_id", ["title_kind_id"], unique=False)
    op.create_table(
        "rule_force",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("recheck_from", sa.Date(), nullable=True),
        sa.Column("recheck_until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_rule_force_{column}_{table}")
            )
            for column, table in (
                ("rule_version_id", "rule_version"),
                ("recorded_by_id", "person"),
                ("ended_by_id", "rule_version"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_force")),
    )
    with op.batch_alter_table("rule_force") as batch_op:
        batch_op.create_index(
            "uq_rule_force_holds",
            ["rule_version_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("rule_force")
    op.drop_table("rule_version")
