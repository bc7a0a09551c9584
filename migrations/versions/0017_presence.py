"""Places, what is made and needed, and named contacts

Revision: 0017, after 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_chain_item_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(["node_id"], ["term.id"], name=op.f("fk_chain_item_node_id_term")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_chain_item_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_item")),
    )
    with op.batch_alter_table("chain_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chain_item_enterprise", ["enterprise_id", "ended_at", "id"], unique=False
        )
        batch_op.create_index("ix_chain_item_node", ["node_id", "way", "ended_at"], unique=False)

    op.create_table(
        "named_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column("token_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_asked", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_named_contact_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_named_contact_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_contact")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_named_contact_token_digest")),
    )
    with op.batch_alter_table("named_contact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_named_contact_enterprise", ["enterprise_id", "state", "id"], unique=False
        )

    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["term.id"], name=op.f("fk_site_district_id_term")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_site_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_site_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["term.id"], name=op.f("fk_site_zone_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.create_index(
            "ix_site_enterprise", ["enterprise_id", "ended_at", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_index("ix_site_enterprise")

    op.drop_table("site")
    with op.batch_alter_table("named_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_named_contact_enterprise")

    op.drop_table("named_contact")
    with op.batch_alter_table("chain_item", schema=None) as batch_op:
        batch_op.drop_index("ix_chain_item_node")
        batch_op.drop_index("ix_chain_item_enterprise")

    op.drop_table("chain_item")
