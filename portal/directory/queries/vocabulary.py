"""The words of the vocabularies, read in one statement and looked up by id."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from portal import clock
from portal.prepared import Prepared
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme
from portal.web.page_cache import once_for_state
from portal.web.reading import read

CITYWIDE_NAME = _l("Citywide or across districts")


class Word(NamedTuple):
    """A term as pages name it; `chosen` templates read name_zh and name_en of it."""

    id: int
    scheme: str
    slug: str
    name_zh: str
    name_en: str
    parent_id: int | None
    in_force: bool
    position: str

    @property
    def is_city(self) -> bool:
        """Say whether this is the city itself, the district that holds all others."""
        return self.scheme == Scheme.DISTRICT and self.parent_id is None


class Vocabulary:
    """The words of some schemes, in their order; the same where its words are."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = tuple(words)
        self._by_id = {word.id: word for word in self.words}
        self._hash = hash(self.words)
        self._places = {word.id: place for place, word in enumerate(self.words)}

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Vocabulary) and self.words == other.words)

    def of(self, scheme: Scheme) -> list[Word]:
        """Return the words of a scheme in force today; of the districts without the city."""
        return [w for w in self.words if w.scheme == scheme and w.in_force and not w.is_city]

    def get(self, word_id: int | None) -> Word | None:
        """Return the word of an id, also one no longer in force."""
        return self._by_id.get(word_id) if word_id is not None else None

    def in_order(self, ids: Iterable[int]) -> tuple[Word, ...]:
        """Return the words of some ids in the order of their vocabulary."""
        return tuple(map(self._by_id.__getitem__, sorted(ids, key=self._places.__getitem__)))


TERMS = Prepared(
    select(
        Term.id,
        Term.scheme,
        Term.slug,
        Term.name_zh,
        Term.name_en,
        Term.parent_id,
        Term.valid_from,
        Term.valid_until,
        Term.details,
    )
    .where(Term.scheme.in_(bindparam("schemes", expanding=True)))
    .order_by(Term.sort, Term.id)
)


@once_for_state
def vocabulary(*schemes: Scheme) -> Vocabulary:
    """Read the words of these schemes in one statement."""
    rows, today = read(TERMS, schemes=schemes), clock.today()
    return Vocabulary(
        Word(
            row.id,
            row.scheme,
            row.slug,
            row.name_zh,
            row.name_en,
            row.parent_id,
            in_force=holds_on(today, row.valid_from, row.valid_until),
            position=str(row.details.get("position", "")),
        )
        for row in rows
    )


def holds_on(day: date, since: date | None, until: date | None) -> bool:
    """Say whether a period, open where None, contains a day; its last day belongs to it."""
    return (since is None or since <= day) and (until is None or until >= day)
