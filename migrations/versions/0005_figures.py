"""Metrics, the figures of records and which of them are shown

Revision: 0005, after 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metric",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("scope_zh", sa.String(length=200), nullable=False),
        sa.Column("scope_en", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.String(length=40), nullable=True),
        sa.Column("maximum", sa.String(length=40), nullable=True),
        sa.Column("at_most", sa.String(length=40), nullable=True),
        sa.Column("same_as", sa.String(length=40), nullable=True),
        sa.Column("may_be_public", sa.Boolean(), nullable=False),
        sa.Column("filled_by", sa.String(length=20), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_metric")),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_figure_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(["metric"], ["metric.code"], name=op.f("fk_figure_metric_metric")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_figure_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_figure_enterprise_year", ["enterprise_id", "year", "id"], unique=False
        )
        batch_op.create_index(
            "ix_figure_origin",
            ["origin"],
            unique=False,
            sqlite_where=sa.text("origin <> ''"),
            postgresql_where=sa.text("origin <> ''"),
        )
        batch_op.create_index(
            "uq_figure_open_dated",
            ["enterprise_id", "metric", "year", "source"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL AND year IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND year IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_figure_open_undated",
            ["enterprise_id", "metric", "source"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL AND year IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND year IS NULL"),
        )

    op.create_table(
        "shown_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_shown_figure_chosen_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_shown_figure_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["metric"], ["metric.code"], name=op.f("fk_shown_figure_metric_metric")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_figure")),
    )
    with op.batch_alter_table("shown_figure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_shown_figure_enterprise", ["enterprise_id", "ended_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("shown_figure", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_figure_enterprise")

    op.drop_table("shown_figure")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_figure_open_undated",
            sqlite_where=sa.text("superseded_at IS NULL AND year IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND year IS NULL"),
        )
        batch_op.drop_index(
            "uq_figure_open_dated",
            sqlite_where=sa.text("superseded_at IS NULL AND year IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND year IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_figure_origin",
            sqlite_where=sa.text("origin <> ''"),
            postgresql_where=sa.text("origin <> ''"),
        )
        batch_op.drop_index("ix_figure_enterprise_year")

    op.drop_table("figure")
    op.drop_table("metric")
