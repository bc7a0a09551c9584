"""deleted accounts, consents, and indexes for searching the trail

Revision: 0020, after 0019
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TRAIL = {
    "ix_audit_event_kind": ["subject_kind", "id"],
    "ix_audit_event_actor": ["actor_kind", "actor_id", "id"],
    "ix_audit_event_act": ["act", "id"],
    "ix_audit_event_at": ["at", "id"],
}


def upgrade() -> None:
    with op.batch_alter_table("audit_event") as batch_op:
        for name, columns in TRAIL.items():
            batch_op.create_index(name, columns, unique=False)
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("digest_key", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column("consented_to", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("person") as batch_op:
        batch_op.alter_column("consented_to", server_default=None)
    give_keys()
    op.create_table(
        "consent_text",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("title_zh", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_consent_text")),
    )
    with op.batch_alter_table("consent_text") as batch_op:
        batch_op.create_index("ix_consent_text_effective_on", ["effective_on"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["consent_text.version"], name=op.f("fk_consent_version_consent_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("person_id", "version", name=op.f("uq_consent_person_id_version")),
    )


def give_keys() -> None:
    """Give everybody a key of their own."""
    person = sa.table("person", sa.column("id"), sa.column("digest_key"))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(person.c.id)).all():
        connection.execute(
            person.update().where(person.c.id == number).values(digest_key=secrets.token_hex(16))
        )


def downgrade() -> None:
    op.drop_table("consent")
    op.drop_table("consent_text")
    with op.batch_alter_table("person") as batch_op:
        for column in ("consented_to", "digest_key", "erased_at"):
            batch_op.drop_column(column)
    with op.batch_alter_table("audit_event") as batch_op:
        for name in TRAIL:
            batch_op.drop_index(name)
