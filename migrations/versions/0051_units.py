"""units that a call is addressed to, what they hand in and forward, filled templates

Revision: 0051, after 0050
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "addressee_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("reopened_until", sa.Date(), nullable=True),
        sa.Column("reopened_reason", sa.String(length=300), nullable=False),
        sa.Column("sent", sa.String(length=20), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_addressee_unit_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_addressee_unit_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee_unit")),
        sa.UniqueConstraint(
            "release_id", "department_id", name=op.f("uq_addressee_unit_release_id_department_id")
        ),
    )
    with op.batch_alter_table("addressee_unit") as batch_op:
        batch_op.create_index("ix_addressee_unit_department", ["department_id", "id"], unique=False)

    op.create_table(
        "entry_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("subtype_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_entry_sheet_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["person.id"], name=op.f("fk_entry_sheet_read_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["subtype_id"],
            ["entry_subtype.id"],
            name=op.f("fk_entry_sheet_subtype_id_entry_subtype"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["addressee_unit.id"], name=op.f("fk_entry_sheet_unit_id_addressee_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_sheet")),
    )
    with op.batch_alter_table("entry_sheet") as batch_op:
        batch_op.create_index("ix_entry_sheet_unit", ["unit_id", "id"], unique=False)

    op.create_table(
        "unit_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("forwarded", sa.JSON(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["handed_in_by_id"],
            ["person.id"],
            name=op.f("fk_unit_submission_handed_in_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["addressee_unit.id"],
            name=op.f("fk_unit_submission_unit_id_addressee_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["person.id"],
            name=op.f("fk_unit_submission_withdrawn_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_submission")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_unit_submission_unit_id_number")),
    )
    op.create_table(
        "entry_forwarding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("supported", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forwarded_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_forwarding_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["forwarded_by_id"],
            ["person.id"],
            name=op.f("fk_entry_forwarding_forwarded_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["addressee_unit.id"],
            name=op.f("fk_entry_forwarding_unit_id_addressee_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_forwarding")),
    )
    with op.batch_alter_table("entry_forwarding") as batch_op:
        batch_op.create_index("ix_entry_forwarding_unit", ["unit_id", "id"], unique=False)
        batch_op.create_index(
            "uq_entry_forwarding_in_force",
            ["entry_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "entry_sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_sheet_row_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["entry_sheet.id"], name=op.f("fk_entry_sheet_row_sheet_id_entry_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_sheet_row")),
        sa.UniqueConstraint("sheet_id", "row_no", name=op.f("uq_entry_sheet_row_sheet_id_row_no")),
    )
    with op.batch_alter_table("entry_sheet_row") as batch_op:
        batch_op.create_index(
            "ix_entry_sheet_row_level", ["sheet_id", "level", "row_no"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("entry_sheet_row") as batch_op:
        batch_op.drop_index("ix_entry_sheet_row_level")

    op.drop_table("entry_sheet_row")
    with op.batch_alter_table("entry_forwarding") as batch_op:
        batch_op.drop_index(
            "uq_entry_forwarding_in_force",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_entry_forwarding_unit")

    op.drop_table("entry_forwarding")
    op.drop_table("unit_submission")
    with op.batch_alter_table("entry_sheet") as batch_op:
        batch_op.drop_index("ix_entry_sheet_unit")

    op.drop_table("entry_sheet")
    with op.batch_alter_table("addressee_unit") as batch_op:
        batch_op.drop_index("ix_addressee_unit_department")

    op.drop_table("addressee_unit")
