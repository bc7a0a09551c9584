"""replies about applications in rows of their own, confirmed by a second officer

Revision: 0066, after 0065
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

# Before, a reply on paper counted at once: those recorded until now do, by who recorded them.
MOVE = """
INSERT INTO recognition_reply (consultation_id, kind, way, signer_name, signer_post, replied_on,
    reference, ground, recorded_at, recorded_by_id, confirmed_at, confirmed_by_id, void_reason)
SELECT id, reply, CASE WHEN on_paper THEN 'paper' ELSE 'system' END, '', '', replied_on,
    reference, ground, recorded_at, recorded_by_id, recorded_at, recorded_by_id, ''
FROM recognition_consultation WHERE reply <> ''
"""
MOVE_FILES = """
UPDATE stored_file SET owner_kind = 'recognition_reply', purpose = 'scan', owner_id = (
    SELECT recognition_reply.id FROM recognition_reply
    WHERE recognition_reply.consultation_id = stored_file.owner_id)
WHERE owner_kind = 'recognition_consultation' AND owner_id IN (
    SELECT consultation_id FROM recognition_reply)
"""
BACK = """
UPDATE recognition_consultation SET (reply, ground, on_paper, reference, replied_on, recorded_at,
    recorded_by_id) = (
    SELECT kind, ground, way = 'paper', reference, replied_on, recorded_at, recorded_by_id
    FROM recognition_reply WHERE consultation_id = recognition_consultation.id
    AND voided_at IS NULL AND confirmed_at IS NOT NULL)
WHERE id IN (SELECT consultation_id FROM recognition_reply
    WHERE voided_at IS NULL AND confirmed_at IS NOT NULL)
"""
FILES_BACK = """
UPDATE stored_file SET owner_kind = 'recognition_consultation', purpose = 'reply', owner_id = (
    SELECT consultation_id FROM recognition_reply WHERE recognition_reply.id = stored_file.owner_id)
WHERE owner_kind = 'recognition_reply'
"""


def upgrade() -> None:
    op.create_table(
        "recognition_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("signer_name", sa.String(length=60), nullable=False),
        sa.Column("signer_post", sa.String(length=80), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("ground", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["recognition_consultation.id"],
            name=op.f("fk_recognition_reply_consultation_id_recognition_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_reply_confirmed_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_reply_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_reply")),
    )
    with op.batch_alter_table("recognition_reply") as batch_op:
        batch_op.create_index(
            "ix_recognition_reply_consultation", ["consultation_id", "id"], unique=False
        )
        batch_op.create_index(
            "uq_recognition_reply_in_force",
            ["consultation_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
    op.execute(MOVE)
    op.execute(MOVE_FILES)
    with op.batch_alter_table("recognition_consultation") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_recognition_consultation_recorded_by_id_person"), type_="foreignkey"
        )
        for name in ("version", "reply", "ground", "on_paper", "reference", "replied_on"):
            batch_op.drop_column(name)
        batch_op.drop_column("recorded_at")
        batch_op.drop_column("recorded_by_id")


def downgrade() -> None:
    with op.batch_alter_table("recognition_consultation") as batch_op:
        for column in (
            sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
            sa.Column("reply", sa.String(length=20), nullable=False, server_default=""),
            sa.Column("ground", sa.String(length=1000), nullable=False, server_default=""),
            sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("reference", sa.String(length=120), nullable=False, server_default=""),
            sa.Column("replied_on", sa.Date(), nullable=True),
            sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        ):
            batch_op.add_column(column)
        batch_op.create_foreign_key(
            batch_op.f("fk_recognition_consultation_recorded_by_id_person"),
            "person",
            ["recorded_by_id"],
            ["id"],
        )
    op.execute(BACK)
    op.execute(FILES_BACK)
    op.execute("DELETE FROM work_case WHERE subject_kind = 'recognition_reply'")
    with op.batch_alter_table("recognition_reply") as batch_op:
        batch_op.drop_index(
            "uq_recognition_reply_in_force",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_recognition_reply_consultation")
    op.drop_table("recognition_reply")
