"""places and products are corrected in lines of rows; a place lies in several zones

Revision: 0031, after 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

LINES = {"site": "ix_site_line", "chain_item": "ix_chain_item_line"}


def upgrade() -> None:
    op.create_table(
        "site_zone",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_zone_site_id_site")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_site_zone_term_id_term")),
        sa.PrimaryKeyConstraint("site_id", "term_id", name=op.f("pk_site_zone")),
    )
    with op.batch_alter_table("site_zone") as batch_op:
        batch_op.create_index("ix_site_zone_term_id", ["term_id"], unique=False)
    op.execute(
        "INSERT INTO site_zone (site_id, term_id)"
        " SELECT id, zone_id FROM site WHERE zone_id IS NOT NULL"
    )
    with op.batch_alter_table("site") as batch_op:
        batch_op.drop_constraint("fk_site_zone_id_term", type_="foreignkey")
        batch_op.drop_column("zone_id")
    for table, index in LINES.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("line_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_line_id_{table}"), table, ["line_id"], ["id"]
            )
            batch_op.create_index(index, ["line_id", "ended_at"], unique=False)


def downgrade() -> None:
    for table, index in LINES.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(index)
            batch_op.drop_constraint(f"fk_{table}_line_id_{table}", type_="foreignkey")
            batch_op.drop_column("line_id")
    with op.batch_alter_table("site") as batch_op:
        batch_op.add_column(sa.Column("zone_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_site_zone_id_term"), "term", ["zone_id"], ["id"])
    op.execute(
        "UPDATE site SET zone_id ="
        " (SELECT MIN(term_id) FROM site_zone WHERE site_zone.site_id = site.id)"
    )
    op.drop_table("site_zone")
