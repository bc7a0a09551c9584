"""Letters to everybody who acts for an enterprise: by mail and in their inbox on the site."""

from __future__ import annotations

from typing import Any

from portal.accounts.queries import mail_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import members_of
from portal.messages import write_inbox, write_mail


def tell_members(enterprise: Enterprise, template: str, **values: Any) -> None:
    """Owe a letter to each member; `values` must be plain JSON without personal data."""
    facts = {"enterprise": enterprise.id, "name": enterprise.name, **values}
    for membership in members_of(enterprise.id):
        write_inbox(membership.person, template, **facts)
        identifier = mail_of(membership.person)
        if identifier is not None:
            write_mail(
                identifier.subject,
                template,
                language=membership.person.language,
                person_id=membership.person_id,
                **facts,
            )
