"""Words that stand for each other are added, changed and retired; a wish is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.audit import Actor
from portal.database import action, mark_public_change
from portal.errors import ChangedSinceOpened, NotAllowed
from portal.extensions import db
from portal.search import queries
from portal.search.analysis import normalise
from portal.search.models import SearchNeed, SynonymGroup
from portal.search.rules import check_nobody_named, check_words


@action
def add_group(
    actor: Actor, words: Sequence[str], note: str = "", *, origin: str | None = None
) -> SynonymGroup:
    """Let words stand for each other from now on. Raises NotAllowed, Refused."""
    check_keeper(actor)
    check_words(words, taken_words())
    group = SynonymGroup(origin=origin, words=list(words), note=note)
    db.session.add(group)
    note_change(actor, group, "add_synonyms", {"words": ("", told(words))})
    return group


@action
def change_group(
    actor: Person, group: SynonymGroup, version: int, words: Sequence[str], note: str
) -> None:
    """Change which words stand for each other. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_keeper(actor)
    if group.version != version:
        raise ChangedSinceOpened(_("Someone else changed this group: open it again and compare"))
    check_words(words, taken_words(but=group))
    before, group.words, group.note = group.words, list(words), note
    note_change(actor, group, "change_synonyms", {"words": (told(before), told(words))})


@action
def retire_group(actor: Person, group: SynonymGroup) -> None:
    """Let words stand for themselves again. Raises NotAllowed."""
    check_keeper(actor)
    group.retired_at = clock.now()
    note_change(actor, group, "retire_synonyms", {"words": (told(group.words), "")})


@action
def load_group(words: Sequence[str]) -> None:
    """Add a group of the fixtures once; what officers changed or retired stays so."""
    origin, forms = normalise(words[0]), {normalise(word) for word in words}
    if queries.find_origin(origin) is None and not forms & taken_words().keys():
        add_group(audit.SYSTEM, words, origin=origin)


@action
def keep_need(word: str, kind: str, text: str) -> SearchNeed:
    """Keep what somebody looked for in vain, as evidence for the next call. Raises Refused when
    it names where somebody can be reached.

    No line in the trail: no right is used, and nothing of the person is known.
    """
    check_nobody_named(f"{word}\n{text}")
    need = SearchNeed(word=normalise(word).strip()[:100], kind=kind, text=text)
    need.created_at = clock.now()
    db.session.add(need)
    return need


@action
def forget_needs(days: int) -> int:
    """Delete what was told longer ago than so many days; return how much it was."""
    old = SearchNeed.created_at < clock.now() - timedelta(days=days)
    gone = db.session.scalars(delete(SearchNeed).where(old).returning(SearchNeed.id)).all()
    return len(gone)


def check_keeper(actor: Actor) -> None:
    """Raise NotAllowed unless the actor, or the portal itself, keeps the words of the search."""
    if isinstance(actor, Person) and not queries.may_keep_words(actor):
        raise NotAllowed(
            _("Words of the search are kept by curators whose right holds in the whole city")
        )


def taken_words(but: SynonymGroup | None = None) -> dict[str, list[str]]:
    """Return the words of all groups but one, by normalised form, each with its group."""
    others = [group for group in queries.groups() if group is not but]
    return {normalise(word): list(group.words) for group in others for word in group.words}


def told(words: Sequence[str]) -> str:
    """Return words as the trail tells them."""
    return ", ".join(words)


def note_change(
    actor: Actor, group: SynonymGroup, act: str, changes: dict[str, tuple[str, str]]
) -> None:
    """Keep who changed a group, tell every process by its revision, and renew cached searches."""
    group.changed_at, group.changed_by_id = clock.now(), actor.actor_id
    with db.session.no_autoflush:
        group.revision = queries.revision() + 1
    db.session.flush()
    office = office_of(actor, queries.KEEPERS) if isinstance(actor, Person) else None
    audit.record(actor, act, group, changes, office=office.name_zh if office else "")
    mark_public_change()
