"""Invitations, offers of ownership, hand-over codes, and who decides a claim until when

Revision: 0011, after 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")
WITH_OWNER = sa.text("decided_at IS NULL AND with_bureau_since IS NULL")
NAME = sa.String(length=120)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("claim") as batch:
        batch.add_column(sa.Column("decide_by", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("with_bureau_since", MOMENT, nullable=True))
        batch.add_column(sa.Column("role", sa.String(20), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("decided_for", sa.String(120), nullable=False, server_default="")
        )
        batch.create_index(
            "ix_claim_decide_by",
            ["decide_by", "id"],
            sqlite_where=WITH_OWNER,
            postgresql_where=WITH_OWNER,
        )
    op.execute("UPDATE claim SET with_bureau_since = made_at WHERE decided_at IS NULL")
    create_invitation()
    create_ownership_offer()
    create_hand_over_code()


def create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("address_digest", sa.String(length=40), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *foreign_keys("invitation", "enterprise_id", "invited_by_id", "ended_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitation_token_digest")),
    )
    op.create_index("ix_invitation_enterprise", "invitation", ["enterprise_id", "made_at"])
    op.create_index("ix_invitation_inviter", "invitation", ["invited_by_id", "made_at"])
    create_open_index("ix_invitation_expires", "invitation", ["expires_at"], unique=False)
    create_open_index("uq_invitation_open", "invitation", ["enterprise_id", "address_digest"])


def create_ownership_offer() -> None:
    op.create_table(
        "ownership_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        *foreign_keys("ownership_offer", "enterprise_id", "from_id", "to_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership_offer")),
    )
    op.create_index("ix_ownership_offer_to", "ownership_offer", ["to_id", "enterprise_id"])
    create_open_index("uq_ownership_offer_open", "ownership_offer", ["enterprise_id", "from_id"])


def create_hand_over_code() -> None:
    op.create_table(
        "hand_over_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_for", sa.String(length=120), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *foreign_keys("hand_over_code", "enterprise_id", "issued_by_id", "ended_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_code")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_hand_over_code_code_digest")),
    )
    op.create_index("ix_hand_over_code_enterprise", "hand_over_code", ["enterprise_id", "id"])
    create_open_index("uq_hand_over_code_open", "hand_over_code", ["enterprise_id"])


def foreign_keys(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    """Return the references of a table's columns: to the enterprise, else to a person."""
    return [
        sa.ForeignKeyConstraint(
            [column],
            [f"{target}.id"],
            name=op.f(f"fk_{table}_{column}_{target}"),
        )
        for column in columns
        for target in ["enterprise" if column == "enterprise_id" else "person"]
    ]


def create_open_index(name: str, table: str, columns: list[str], *, unique: bool = True) -> None:
    """Create an index over the rows that have not ended."""
    op.create_index(name, table, columns, unique=unique, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    for table in ("hand_over_code", "ownership_offer", "invitation"):
        op.drop_table(table)
    with op.batch_alter_table("claim") as batch:
        batch.drop_index("ix_claim_decide_by")
        for column in ("decided_for", "role", "with_bureau_since", "reminded_on", "decide_by"):
            batch.drop_column(column)
