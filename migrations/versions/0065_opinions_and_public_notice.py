"""opinions and public notice

Revision: 0065, after 0064
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_code", sa.String(length=64), nullable=False),
        sa.Column("entry_ids", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_consultation_round_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_consultation_round_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_round")),
    )
    with op.batch_alter_table("consultation_round", schema=None) as batch_op:
        batch_op.create_index("ix_consultation_round_release", ["release_id", "id"], unique=False)

    op.create_table(
        "release_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_code", sa.String(length=64), nullable=False),
        sa.Column("entry_ids", sa.JSON(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("office", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=300), nullable=False),
        sa.Column("kept_code", sa.String(length=64), nullable=False),
        sa.Column("kept_ground", sa.String(length=1000), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_release_notice_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["person.id"], name=op.f("fk_release_notice_kept_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["person.id"],
            name=op.f("fk_release_notice_published_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_notice_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_notice")),
    )
    with op.batch_alter_table("release_notice", schema=None) as batch_op:
        batch_op.create_index("ix_release_notice_end", ["ends_on", "id"], unique=False)
        batch_op.create_index("ix_release_notice_release", ["release_id", "id"], unique=False)

    op.create_table(
        "consulted_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_consulted_body_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["consultation_round.id"],
            name=op.f("fk_consulted_body_round_id_consultation_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consulted_body")),
        sa.UniqueConstraint("round_id", "name", name=op.f("uq_consulted_body_round_id_name")),
    )
    with op.batch_alter_table("consulted_body", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consulted_body_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "body_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("signer_name", sa.String(length=60), nullable=False),
        sa.Column("signer_post", sa.String(length=80), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["consulted_body.id"], name=op.f("fk_body_reply_body_id_consulted_body")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_body_reply_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_body_reply_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_reply")),
    )
    with op.batch_alter_table("body_reply", schema=None) as batch_op:
        batch_op.create_index("ix_body_reply_body", ["body_id", "id"], unique=False)
        batch_op.create_index(
            "uq_body_reply_in_force",
            ["body_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "notice_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("came_on", sa.Date(), nullable=True),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_for", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_notice_objection_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["person.id"], name=op.f("fk_notice_objection_handled_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["release_notice.id"],
            name=op.f("fk_notice_objection_notice_id_release_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_objection_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_notice_objection_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_objection")),
    )
    with op.batch_alter_table("notice_objection", schema=None) as batch_op:
        batch_op.create_index("ix_notice_objection_entry", ["entry_id", "id"], unique=False)
        batch_op.create_index("ix_notice_objection_notice", ["notice_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notice_objection_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "body_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_for", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_body_opinion_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["body_reply.id"], name=op.f("fk_body_opinion_reply_id_body_reply")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_body_opinion_settled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_opinion")),
    )
    with op.batch_alter_table("body_opinion", schema=None) as batch_op:
        batch_op.create_index("ix_body_opinion_reply", ["reply_id", "id"], unique=False)

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_opinions", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("notice_days", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.alter_column("asks_opinions", server_default=None)
        batch_op.alter_column("notice_days", server_default=None)


def downgrade() -> None:
    # The version before knows neither the states nor the cases.
    op.execute("UPDATE release SET state = 'curating' WHERE state IN ('consulting', 'noticed')")
    cases = sa.table("work_case", sa.column("id"), sa.column("matter"))
    decisions = sa.table("case_decision", sa.column("case_id"))
    ours = cases.c.matter.in_(["list_opinion", "list_objection"])
    op.execute(
        sa.delete(decisions).where(decisions.c.case_id.in_(sa.select(cases.c.id).where(ours)))
    )
    op.execute(sa.delete(cases).where(ours))
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_column("notice_days")
        batch_op.drop_column("asks_opinions")

    with op.batch_alter_table("body_opinion", schema=None) as batch_op:
        batch_op.drop_index("ix_body_opinion_reply")

    op.drop_table("body_opinion")
    with op.batch_alter_table("notice_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_objection_person_id"))
        batch_op.drop_index("ix_notice_objection_notice")
        batch_op.drop_index("ix_notice_objection_entry")

    op.drop_table("notice_objection")
    with op.batch_alter_table("body_reply", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_body_reply_in_force",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_body_reply_body")

    op.drop_table("body_reply")
    with op.batch_alter_table("consulted_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consulted_body_department_id"))

    op.drop_table("consulted_body")
    with op.batch_alter_table("release_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_release_notice_release")
        batch_op.drop_index("ix_release_notice_end")

    op.drop_table("release_notice")
    with op.batch_alter_table("consultation_round", schema=None) as batch_op:
        batch_op.drop_index("ix_consultation_round_release")

    op.drop_table("consultation_round")
