"""The values and the name a merge gives the record that remains, and giving its own back."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import clock
from portal.enterprises.actions.change_reviews import row_value
from portal.enterprises.facts import plain
from portal.enterprises.models import EnterpriseName, Merge
from portal.enterprises.queries import merges as queries
from portal.enterprises.terms.record import FIELD_NAMES
from portal.extensions import db


def take_values(merge: Merge) -> None:
    """Give the survivor the chosen values, keeping its own for an undoing."""
    survivor, merged = merge.survivor, merge.merged
    before, given = {}, {}
    for name in merge.chosen:
        old, new = plain(getattr(survivor, name)), plain(getattr(merged, name))
        if old != new:
            before[name], given[name] = old, new
            setattr(survivor, name, row_value(name, new))
    merge.before, merge.given = before, given


def keep_other_name(merge: Merge) -> list[int]:
    """Keep the name that was not chosen as a former one, so that it is still found."""
    other = merge.before.get("name", merge.merged.name)
    if other == merge.survivor.name or other in merge.survivor.former_names:
        return []
    kept = EnterpriseName(enterprise_id=merge.survivor_id, name=other, recorded_at=clock.now())
    db.session.add(kept)
    db.session.flush()
    return [kept.id]


def restore_values(merge: Merge) -> list[str]:
    """Give the survivor its values back, except those changed since; say which."""
    survivor, kept = merge.survivor, []
    for name, given in merge.given.items():
        if plain(getattr(survivor, name)) == given:
            setattr(survivor, name, row_value(name, merge.before[name]))
        else:
            kept.append(_("%(field)s was changed since and stays", field=str(FIELD_NAMES[name])))
    return kept


def forget_names(merge: Merge) -> None:
    """Take the former name back that the merge had added."""
    for name_id in merge.moved.get("names", []):
        kept = queries.find_past_name(name_id)
        if kept is not None:
            db.session.delete(kept)
