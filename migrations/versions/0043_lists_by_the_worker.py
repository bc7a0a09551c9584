"""Official lists are read, compared, recorded and undone by the worker

Revision: 0043, after 0042
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COUNTS = ("passed", "total", "reached")


def upgrade() -> None:
    with op.batch_alter_table("official_list") as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(text_column("language", 20))
        for name in COUNTS:
            batch_op.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(text_column("failure", 500))
        batch_op.create_foreign_key(
            op.f("fk_official_list_file_id_stored_file"), "stored_file", ["file_id"], ["id"]
        )
        batch_op.create_index("ix_official_list_file_id", ["file_id"])
    with op.batch_alter_table("official_list_row") as batch_op:
        batch_op.add_column(
            sa.Column("bad_code", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(text_column("fault", 400))
    op.execute(
        "UPDATE official_list SET total = (SELECT count(*) FROM official_list_row"
        " WHERE official_list_row.list_id = official_list.id)"
    )
    op.execute("UPDATE official_list_row SET fault = message WHERE finding = 'refused'")


def text_column(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("official_list_row") as batch_op:
        batch_op.drop_column("fault")
        batch_op.drop_column("bad_code")
    with op.batch_alter_table("official_list") as batch_op:
        batch_op.drop_index("ix_official_list_file_id")
        batch_op.drop_constraint(op.f("fk_official_list_file_id_stored_file"), type_="foreignkey")
        for name in ("failure", *reversed(COUNTS), "language", "file_id"):
            batch_op.drop_column(name)
