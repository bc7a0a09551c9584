"""calls, applications, scores and opinions of titles the city grants itself

Revision: 0034, after 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recognition_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("guidance_zh", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("rule_version", sa.String(length=60), nullable=False),
        sa.Column("scores_needed", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("contact_zh", sa.String(length=120), nullable=False),
        sa.Column("contact_en", sa.String(length=160), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_recognition_call_created_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["title_kind.id"], name=op.f("fk_recognition_call_kind_id_title_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_call")),
    )
    with op.batch_alter_table("recognition_call") as batch_op:
        batch_op.create_index("ix_recognition_call_kind", ["kind_id", "id"], unique=False)
        batch_op.create_index(
            "ix_recognition_call_window", ["opens_on", "closes_on", "id"], unique=False
        )

    op.create_table(
        "recognition_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for", sa.String(length=120), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["recognition_call.id"],
            name=op.f("fk_recognition_application_call_id_recognition_call"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_application_decided_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_recognition_application_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_application_started_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_application_submitted_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["title_id"], ["title.id"], name=op.f("fk_recognition_application_title_id_title")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_application")),
        sa.UniqueConstraint("number", name=op.f("uq_recognition_application_number")),
    )
    with op.batch_alter_table("recognition_application") as batch_op:
        batch_op.create_index(
            "ix_recognition_application_call", ["call_id", "state", "id"], unique=False
        )
        batch_op.create_index(
            "ix_recognition_application_correct_by", ["state", "correct_by", "id"], unique=False
        )
        batch_op.create_index(
            "ix_recognition_application_enterprise", ["enterprise_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recognition_application_title_id"), ["title_id"], unique=False
        )
        batch_op.create_index(
            "uq_recognition_application_live",
            ["call_id", "enterprise_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "recognition_call_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("words_zh", sa.String(length=500), nullable=False),
        sa.Column("words_en", sa.String(length=800), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_recognition_call_event_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["recognition_call.id"],
            name=op.f("fk_recognition_call_event_call_id_recognition_call"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_call_event")),
    )
    with op.batch_alter_table("recognition_call_event") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recognition_call_event_call_id"), ["call_id"], unique=False
        )

    op.create_table(
        "recognition_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=300), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_conflict_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_recognition_conflict_officer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_conflict")),
        sa.UniqueConstraint(
            "application_id",
            "officer_id",
            name=op.f("uq_recognition_conflict_application_id_officer_id"),
        ),
    )
    op.create_table(
        "recognition_consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=1000), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_consultation_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_recognition_consultation_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_recognition_consultation_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_consultation")),
        sa.UniqueConstraint(
            "application_id",
            "department_id",
            name=op.f("uq_recognition_consultation_application_id_department_id"),
        ),
    )
    op.create_table(
        "recognition_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(length=1000), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["recognition_application.id"],
            name=op.f("fk_recognition_score_application_id_recognition_application"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["person.id"], name=op.f("fk_recognition_score_reviewer_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_score")),
        sa.UniqueConstraint(
            "application_id",
            "reviewer_id",
            name=op.f("uq_recognition_score_application_id_reviewer_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("recognition_score")
    op.drop_table("recognition_consultation")
    op.drop_table("recognition_conflict")
    with op.batch_alter_table("recognition_call_event") as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognition_call_event_call_id"))

    op.drop_table("recognition_call_event")
    with op.batch_alter_table("recognition_application") as batch_op:
        batch_op.drop_index(
            "uq_recognition_application_live",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index(batch_op.f("ix_recognition_application_title_id"))
        batch_op.drop_index("ix_recognition_application_enterprise")
        batch_op.drop_index("ix_recognition_application_correct_by")
        batch_op.drop_index("ix_recognition_application_call")

    op.drop_table("recognition_application")
    with op.batch_alter_table("recognition_call") as batch_op:
        batch_op.drop_index("ix_recognition_call_window")
        batch_op.drop_index("ix_recognition_call_kind")

    op.drop_table("recognition_call")
