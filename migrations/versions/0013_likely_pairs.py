"""Keys of names, and pairs of records that may be one enterprise

Revision: 0013, after 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = {
    "sqlite_where": sa.text("dismissed_at IS NULL"),
    "postgresql_where": sa.text("dismissed_at IS NULL"),
}


def upgrade() -> None:
    with op.batch_alter_table("enterprise") as batch:
        batch.add_column(sa.Column("name_key", sa.String(120), nullable=False, server_default=""))
        batch.create_index("ix_enterprise_name_key", ["name_key"])
    op.create_table(
        "likely_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(length=250), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.Column("dismissed_for", sa.String(length=120), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["dismissed_by_id"], ["person.id"], name=op.f("fk_likely_pair_dismissed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["enterprise.id"], name=op.f("fk_likely_pair_first_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["enterprise.id"], name=op.f("fk_likely_pair_second_id_enterprise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likely_pair")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_likely_pair_first_id_second_id")
        ),
    )
    op.create_index("ix_likely_pair_second", "likely_pair", ["second_id"])
    op.create_index("ix_likely_pair_open", "likely_pair", ["weight", "id"], **OPEN)


def downgrade() -> None:
    op.drop_table("likely_pair")
    with op.batch_alter_table("enterprise") as batch:
        batch.drop_index("ix_enterprise_name_key")
        batch.drop_column("name_key")
