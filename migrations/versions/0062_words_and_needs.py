"""words that stand for each other, kept by officers, and what was looked for in vain

Revision: 0062, after 0061
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_synonym_group_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
        sa.UniqueConstraint("origin", name=op.f("uq_synonym_group_origin")),
    )
    op.create_index(op.f("ix_synonym_group_revision"), "synonym_group", ["revision"])
    op.create_table(
        "search_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_need")),
    )
    op.create_index("ix_search_need_created_at", "search_need", ["created_at", "id"])
    op.create_index("ix_search_need_word", "search_need", ["word", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_search_need_word", table_name="search_need")
    op.drop_index("ix_search_need_created_at", table_name="search_need")
    op.drop_table("search_need")
    op.drop_index(op.f("ix_synonym_group_revision"), table_name="synonym_group")
    op.drop_table("synonym_group")
