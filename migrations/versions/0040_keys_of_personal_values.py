"""a key of its own for each personal value that stands in the trail as a digest

Revision: 0040, after 0039

What is kept now gets a new key: digests by the keys before tell nobody any more. Submissions hold
digests too, by which a correction is compared; those of a value still kept are made anew.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

OPEN = "ended_at IS NULL"
PRIVATE = ("contact_name", "contact_phone")
OF_ROWS = ("named_contact", "invitation")

enterprise = sa.table(
    "enterprise",
    *map(sa.column, ("id", "digest_key", *PRIVATE, *(f"{name}_key" for name in PRIVATE))),
)
submission = sa.table(
    "submission", *map(sa.column, ("id", "enterprise_id")), sa.column("facts", sa.JSON)
)


def upgrade() -> None:
    for table in OF_ROWS:
        op.add_column(table, sa.Column("digest_key", sa.String(length=32), nullable=True))
        give_keys(table)
    with op.batch_alter_table("invitation") as batch:
        batch.drop_index("uq_invitation_open")
        batch.drop_column("address_digest")
    create_open_index("address")
    for name in PRIVATE:
        column = sa.Column(f"{name}_key", sa.String(length=32), nullable=True)
        op.add_column("enterprise", column)
    renew_contacts()
    for table in ("enterprise", "import_row"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("digest_key")


def downgrade() -> None:
    for table in ("enterprise", "import_row"):
        key = sa.Column("digest_key", sa.String(length=64), nullable=False, server_default="")
        op.add_column(table, key)
        rows = sa.table(table, sa.column("digest_key"))
        op.execute(rows.update().values(digest_key=secrets.token_hex(16)))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("digest_key", server_default=None)
    restore_contacts()
    with op.batch_alter_table("enterprise") as batch:
        for name in PRIVATE:
            batch.drop_column(f"{name}_key")
    restore_invitations()
    for table in OF_ROWS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("digest_key")


def give_keys(table: str) -> None:
    """Give what has not ended a key of its own."""
    rows = sa.table(table, *map(sa.column, ("id", "ended_at", "digest_key")))
    connection = op.get_bind()
    still_open = sa.select(rows.c.id).where(rows.c.ended_at.is_(None))
    for number in connection.scalars(still_open).all():
        key = secrets.token_hex(16)
        connection.execute(rows.update().where(rows.c.id == number).values(digest_key=key))


def create_open_index(column: str) -> None:
    """Create the index by which an address has one open invitation of an enterprise."""
    conditions: dict[str, Any] = {
        f"{name}_where": sa.text(OPEN) for name in ("sqlite", "postgresql")
    }
    columns = ["enterprise_id", column]
    op.create_index("uq_invitation_open", "invitation", columns, unique=True, **conditions)


def with_contacts() -> list[Any]:
    """Return the records that hold a personal value."""
    held = sa.or_(*(enterprise.c[name] != "" for name in PRIVATE))
    columns = (enterprise.c.id, enterprise.c.digest_key, *(enterprise.c[name] for name in PRIVATE))
    return list(op.get_bind().execute(sa.select(*columns).where(held)))


def renew_contacts() -> None:
    """Give each personal value of a record a key of its own."""
    for row in with_contacts():
        keys = {name: secrets.token_hex(16) for name in PRIVATE if getattr(row, name)}
        values: Any = {f"{name}_key": key for name, key in keys.items()}
        op.get_bind().execute(enterprise.update().where(enterprise.c.id == row.id).values(values))
        replace_digests(row, {name: (row.digest_key, key) for name, key in keys.items()})


def restore_contacts() -> None:
    """Let the values of a record share one key again."""
    columns = [enterprise.c[f"{name}_key"] for name in PRIVATE]
    for row in with_contacts():
        one = sa.select(*columns).where(enterprise.c.id == row.id)
        keys = dict(zip(PRIVATE, op.get_bind().execute(one).one(), strict=True))
        replace_digests(row, {name: (key, row.digest_key) for name, key in keys.items() if key})


def replace_digests(row: Any, keys: dict[str, tuple[str, str]]) -> None:
    """Write the digest of a value still kept anew where a submission holds it."""
    connection = op.get_bind()
    sent = sa.select(submission.c.id, submission.c.facts).where(
        submission.c.enterprise_id == row.id
    )
    for number, facts in connection.execute(sent).all():
        anew = {
            name: digest(new, getattr(row, name))
            for name, (old, new) in keys.items()
            if facts.get(name) == digest(old, getattr(row, name))
        }
        changed = submission.update().where(submission.c.id == number)
        connection.execute(changed.values(facts={**facts, **anew}))


def restore_invitations() -> None:
    """Keep a digest of each invitation's address by the key of its enterprise again."""
    column = sa.Column("address_digest", sa.String(length=40), nullable=False, server_default="")
    op.drop_index("uq_invitation_open", "invitation")
    op.add_column("invitation", column)
    rows = sa.table(
        "invitation", *map(sa.column, ("id", "enterprise_id", "address", "address_digest"))
    )
    connection = op.get_bind()
    found = sa.select(rows.c.id, rows.c.address, enterprise.c.digest_key).join(
        enterprise, enterprise.c.id == rows.c.enterprise_id
    )
    for number, address, key in connection.execute(found).all():
        values = {"address_digest": digest(key, address)}
        connection.execute(rows.update().where(rows.c.id == number).values(values))
    with op.batch_alter_table("invitation") as batch:
        batch.alter_column("address_digest", server_default=None)
    create_open_index("address_digest")


def digest(key: str, value: str) -> str:
    """Return what stands for a value, as `portal.audit.digest` makes it."""
    return "hmac-sha256:" + hmac.new(key.encode(), value.encode(), "sha256").hexdigest()[:16]
