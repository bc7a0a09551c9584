"""Official lists of titles, read in bulk

Revision: 0030, after 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

OPEN = "settled_as = '' AND finding IN ('likely', 'unmatched')"


def upgrade() -> None:
    op.create_table(
        "official_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("source_title", sa.String(length=200), nullable=False),
        sa.Column("source_number", sa.String(length=80), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=False),
        sa.Column("source_url", sa.String(length=300), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["title_kind.id"], name=op.f("fk_official_list_kind_id_title_kind")
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["person.id"], name=op.f("fk_official_list_read_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_official_list_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_official_list_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_list")),
    )
    with op.batch_alter_table("official_list") as batch_op:
        batch_op.create_index("ix_official_list_kind", ["kind_id", "id"])
    create_rows()
    with op.batch_alter_table("title") as batch_op:
        batch_op.add_column(sa.Column("list_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_title_list_id_official_list"), "official_list", ["list_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_title_list_id"), ["list_id"])


def create_rows() -> None:
    op.create_table(
        "official_list_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("message", sa.String(length=400), nullable=False),
        sa.Column("other_row", sa.Integer(), nullable=True),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("title_id", sa.Integer(), nullable=True),
        sa.Column("settled_as", sa.String(length=20), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_official_list_row_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["official_list.id"],
            name=op.f("fk_official_list_row_list_id_official_list"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_official_list_row_settled_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["title_id"], ["title.id"], name=op.f("fk_official_list_row_title_id_title")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_list_row")),
        sa.UniqueConstraint("list_id", "row_no", name=op.f("uq_official_list_row_list_id_row_no")),
    )
    with op.batch_alter_table("official_list_row") as batch_op:
        batch_op.create_index(batch_op.f("ix_official_list_row_enterprise_id"), ["enterprise_id"])
        batch_op.create_index("ix_official_list_row_finding", ["list_id", "finding", "row_no"])
        batch_op.create_index("ix_official_list_row_name", ["name_key", "id"])
        batch_op.create_index(
            "ix_official_list_row_open",
            ["list_id", "row_no"],
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        )


def downgrade() -> None:
    with op.batch_alter_table("title") as batch_op:
        batch_op.drop_constraint(op.f("fk_title_list_id_official_list"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_title_list_id"))
        batch_op.drop_column("list_id")
    op.drop_table("official_list_row")
    op.drop_table("official_list")
