"""errata, and the versions of releases; what is public so far becomes version 1.0

Revision: 0044, after 0043
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erratum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_for", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_erratum_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_erratum_entry_id_entry")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_erratum_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_erratum_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erratum")),
    )
    with op.batch_alter_table("erratum") as batch_op:
        batch_op.create_index("ix_erratum_entry", ["entry_id", "id"], unique=False)
        batch_op.create_index("ix_erratum_release", ["release_id", "id"], unique=False)
        batch_op.create_index("ix_erratum_state", ["state", "id"], unique=False)

    op.create_table(
        "release_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("check_code", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erratum_id", sa.Integer(), nullable=True),
        sa.Column("given_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["erratum_id"], ["erratum.id"], name=op.f("fk_release_version_erratum_id_erratum")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_version_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_version")),
        sa.UniqueConstraint(
            "release_id", "version", name=op.f("uq_release_version_release_id_version")
        ),
    )
    with op.batch_alter_table("release_version") as batch_op:
        batch_op.create_index("ix_release_version_check_code", ["check_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_release_version_erratum_id"), ["erratum_id"], unique=False
        )
    op.execute(
        sa.text(
            "INSERT INTO release_version"
            " (release_id, version, content, check_code, issued_at, given_out)"
            " SELECT id, content_version, content, check_code, published_at, :yes FROM release"
            " WHERE state IN ('published', 'archived') AND content IS NOT NULL"
            " ORDER BY id"
        ).bindparams(yes=True)
    )


def downgrade() -> None:
    op.drop_table("release_version")
    op.drop_table("erratum")
