"""public notices of proposed enterprises, and objections

Revision: 0037, after 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recognition_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("contact_zh", sa.String(length=120), nullable=False),
        sa.Column("contact_en", sa.String(length=160), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["recognition_call.id"],
            name=op.f("fk_recognition_notice_call_id_recognition_call"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_notice_published_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_notice")),
    )
    with op.batch_alter_table("recognition_notice") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recognition_notice_call_id"), ["call_id"], unique=False
        )
        batch_op.create_index("ix_recognition_notice_end", ["ends_on", "id"], unique=False)

    op.create_table(
        "recognition_noticed",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_noticed_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["recognition_notice.id"],
            name=op.f("fk_recognition_noticed_notice_id_recognition_notice"),
        ),
        sa.PrimaryKeyConstraint("notice_id", "application_id", name=op.f("pk_recognition_noticed")),
    )
    with op.batch_alter_table("recognition_noticed") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recognition_noticed_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "recognition_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_for", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_objection_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_objection_handled_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["recognition_notice.id"],
            name=op.f("fk_recognition_objection_notice_id_recognition_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recognition_objection_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_objection")),
    )
    with op.batch_alter_table("recognition_objection") as batch_op:
        batch_op.create_index(
            "ix_recognition_objection_application", ["application_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recognition_objection_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("recognition_objection") as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_objection_person_id"))
        batch_op.drop_index("ix_recognition_objection_application")

    op.drop_table("recognition_objection")
    with op.batch_alter_table("recognition_noticed") as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_noticed_application_id"))

    op.drop_table("recognition_noticed")
    with op.batch_alter_table("recognition_notice") as batch_op:
        batch_op.drop_index("ix_recognition_notice_end")
        batch_op.drop_index(batch_op.f("ix_recognition_notice_call_id"))

    op.drop_table("recognition_notice")
