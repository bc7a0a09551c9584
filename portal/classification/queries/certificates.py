"""Named selects over certificates. Those of a title are those of its number, so that they stay
with it when a merge records the title for another enterprise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.classification.models.certificates import TitleCertificate
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.titles import WITH_KIND
from portal.extensions import db

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
