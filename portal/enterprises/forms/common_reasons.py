"""Sentences to choose from in the forms in which officers decide or ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, StopValidation

from portal.web.forms import ChoiceField


class WithCommon:
    """Part of a form: one common sentence, put before what the officer writes."""

    common = ChoiceField(
        _l("Common opinions"),
        [Optional()],
        description=_l("Put before what you write below"),
    )

    def offer_common(self, texts: Iterable[str]) -> None:
        """Set the sentences to choose from."""
        self.common.offer([("", _("None")), *((text, text) for text in texts)])

    def worded(self, written: str | None) -> str:
        """Return the chosen sentence and what was written, a line each."""
        return "\n".join(part for part in (self.common.data, written) if part)


class WrittenOrCommon:
    """Something must be written, or a common sentence chosen; `message` says what."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data and not form.common.data:
            raise StopValidation(str(self.message))
