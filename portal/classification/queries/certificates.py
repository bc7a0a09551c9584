"""Named selects over certificates, and who may read their files.

The certificates of a title are those of its number, so that they stay with it when a merge
records the title for another enterprise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.classification.models.certificates import TitleCertificate
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.titles import WITH_KIND
from portal.classification.terms.certificates import OWNER_KIND
from portal.database import SiteState
from portal.enterprises.queries.members import find_membership
from portal.extensions import db
from portal.files import StoredFile, reader_of

READERS = {Right.RECOGNISE, Right.AUDIT}
Key = tuple[int, str, str]
SHOWN = 200  # certificates of a page's titles


def key_of(title: Title) -> Key:
    """Return what all rows of one title of the city have in common."""
    return title.kind_id, title.batch, title.number


def certificates_by_title(
    titles: Collection[Title],
) -> dict[Key, list[TitleCertificate]]:
    """Return the certificates of titles, newest first, in one statement."""
    found: dict[Key, list[TitleCertificate]] = defaultdict(list)
    numbers = {title.number for title in titles if title.kind.granted_here and title.number}
    if numbers:
        for certificate in db.session.scalars(
            select(TitleCertificate)
            .join(TitleCertificate.title)
            .join(Title.kind)
            .where(TitleKind.granted_here, Title.number.in_(numbers))
            .options(contains_eager(TitleCertificate.title).options(WITH_KIND))
            .order_by(TitleCertificate.id.desc())
            .limit(SHOWN)
        ):
            found[key_of(certificate.title)].append(certificate)
    return found


def certificates_of(title: Title) -> Sequence[TitleCertificate]:
    """Return the certificates issued for a title, newest first."""
    return certificates_by_title([title]).get(key_of(title), [])


def get_certificate(certificate_id: int) -> TitleCertificate:
    """Return a certificate that exists."""
    return db.session.get_one(TitleCertificate, certificate_id)


def holder_of(certificate: TitleCertificate) -> int:
    """Return the enterprise that holds the certificate's title now, or held it last."""
    kind_id, batch, number = key_of(certificate.title)
    found = db.session.scalar(
        select(Title.enterprise_id)
        .where(Title.kind_id == kind_id, Title.batch == batch, Title.number == number)
        .order_by(Title.superseded_at.is_not(None), Title.id.desc())
        .limit(1)
    )
    assert found is not None
    return found


def is_demonstration() -> bool:
    """Say whether this database holds a demonstration city, whose certificates are samples."""
    return bool(db.session.scalar(select(SiteState.demonstration)))


@reader_of(OWNER_KIND)
def may_read_certificate(person: Person, file: StoredFile) -> bool:
    """Say whether a person may read a certificate: the members of the enterprise that holds the
    title, and the officers who read the titles on record."""
    certificate = get_certificate(file.owner_id)
    if find_membership(person, holder_of(certificate)) is not None:
        return True
    return any(held.right in READERS for held in rights_of(person))
