"""the catalogue of each version of a release; those of versions handed out now are owed

Revision: 0057, after 0056
"""

from __future__ import annotations

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TOPIC = "catalogues"
OUTBOX = sa.table(
    "outbox_message",
    sa.column("topic", sa.String),
    sa.column("payload", sa.JSON),
    sa.column("due_at", sa.DateTime(timezone=True)),
    sa.column("attempts", sa.Integer),
    sa.column("last_error", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "release_catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_release_catalogue_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["release_version.id"],
            name=op.f("fk_release_catalogue_version_id_release_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_catalogue")),
        sa.UniqueConstraint("version_id", name=op.f("uq_release_catalogue_version_id")),
    )
    versions = sa.text("SELECT id FROM release_version WHERE given_out ORDER BY id")
    owed = [
        {"topic": TOPIC, "payload": {"version": number}, "attempts": 0, "last_error": ""}
        | {"due_at": datetime.now(timezone.utc)}
        for number in op.get_bind().scalars(versions)
    ]
    op.bulk_insert(OUTBOX, owed)


def downgrade() -> None:
    op.execute(OUTBOX.delete().where(OUTBOX.c.topic == TOPIC))
    op.drop_table("release_catalogue")
