"""Whether an entry that is to stand without name gives its publisher away; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _

from portal.errors import Refused

SHORTEST = 4  # characters of a name that is looked for: shorter ones are also ordinary words


def naming_faults(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return a message for each field whose text holds one of the publisher's names."""
    wanted = {bare(name) for name in names}
    wanted = {name for name in wanted if len(name) >= SHORTEST}
    return {
        field: _("This text names the publisher, and the entry is to stand without name: reword it")
        for field, text in texts.items()
        if any(name in bare(text) for name in wanted)
    }


def check_none_named(titles: Sequence[str]) -> None:
    """Raise Refused while entries that are to stand without name tell it in their public text."""
    if titles:
        raise Refused(
            _(
                "These entries are to stand without name, and their text names the publisher:"
                " %(titles)s. Reword them first",
                titles=_("; ").join(titles[:5]),
            )
        )


def bare(text: str) -> str:
    """Return a text without blanks and brackets, in small letters."""
    return re.sub(r"[\s（）()]+", "", text).lower()


def continuing_faults(*, anonymous: bool, before: bool | None) -> dict[str, str]:
    """Return what is wrong when an entry carries on one that stood otherwise: the link between
    the two would tell the name. `before` is None for an entry that carries on none."""
    if before is None or before == anonymous:
        return {}
    if before:
        return {
            "anonymous": _(
                "The entry it carries on stands without name: this one must too, since each leads"
                " to the other"
            )
        }
    return {
        "anonymous": _(
            "The entry it carries on stands under the name: this one must too, since each leads"
            " to the other"
        )
    }
