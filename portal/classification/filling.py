"""A title's form fitted to its kind, and what it holds as the actions take it."""

from __future__ import annotations

from typing import Any, TypeVar

from flask_babel import gettext as _

from portal.classification.forms.titles import TitleForm
from portal.classification.models.titles import TitleKind
from portal.classification.rules.titles import TitleFacts
from portal.classification.terms.titles import LEVEL_NAMES, TITLE_FIELDS, Level
from portal.web.filters import chinese

F = TypeVar("F", bound=TitleForm)


def fitted(form: F, kind: TitleKind) -> F:
    """Offer the kind's levels and hints; a kind granted at one level only asks for none."""
    if len(kind.levels) == 1:
        del form.level
    else:
        choices = [
            ("", _("Choose")),
            *((level, LEVEL_NAMES[Level(level)]) for level in kind.levels),
        ]
        form.level.offer(choices)
    form.number.description = chinese(kind.number_hint_zh)
    form.valid_until.description = validity_hint(kind)
    return form


def validity_hint(kind: TitleKind) -> str:
    """Return what is proposed when the end of validity is left empty."""
    if kind.validity_months is None:
        return str(_("Leave empty: this title has no uniform end of validity"))
    return str(
        _(
            "Leave empty for %(months)d months, the last day being the one before the anniversary",
            months=kind.validity_months,
        )
    )


def facts_of(form: TitleForm) -> TitleFacts:
    """Return what the form holds as the action takes it."""
    typed: dict[str, Any] = {name: form[name].data for name in TITLE_FIELDS if name in form}
    return TitleFacts(**{"level": ""} | typed)
