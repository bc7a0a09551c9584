"""Proofs by link or code, second factors, and what a sign-in tells of its browser

Sign-ups not confirmed yet have to be made again: until they are confirmed nothing but the
pending proof is kept of them.

Revision: 0018, after 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pending_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=320), nullable=False),
        sa.Column("secret", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pending_proof_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_proof")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_pending_proof_token_digest")),
    )
    with op.batch_alter_table("pending_proof") as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_proof_person_id"), ["person_id"])
        batch_op.create_index(batch_op.f("ix_pending_proof_expires_at"), ["expires_at"])
    op.drop_table("one_time_link")

    with op.batch_alter_table("credential") as batch_op:
        batch_op.add_column(sa.Column("last_step", sa.Integer(), nullable=True))
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.add_column(
            sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("browser", sa.String(length=40), nullable=False, server_default="")
        )
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.alter_column("browser", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.drop_column("browser")
        batch_op.drop_column("second_factor_at")
    with op.batch_alter_table("credential") as batch_op:
        batch_op.drop_column("last_step")
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identifier_id"],
            ["identifier.id"],
            name=op.f("fk_one_time_link_identifier_id_identifier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_one_time_link_token_digest")),
    )
    with op.batch_alter_table("one_time_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_identifier_id"), ["identifier_id"])
    op.drop_table("pending_proof")
