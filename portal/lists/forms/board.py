"""What is decided alike on the ticked entries of a board."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.entries import DECISION_NAMES, Decision
from portal.web.forms import ChoiceField, CleanedTextField, Form, Required


class BulkForm(Form):
    """One decision on many entries."""

    bulk = ChoiceField(
        _l("For the ticked entries"),
        [Required(_l("Choose a decision"))],
        choices=[("", _l("Choose")), *((str(one), DECISION_NAMES[one]) for one in Decision)],
    )
    item = ChoiceField(_l("Item to correct"), [Optional()], description=_l("Only for a return"))
    words = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=300,
        description=_l("The submitters read it: the reason of a return, the ground of declining"),
        render_kw={"rows": 2},
    )

    def offer(self, items: Mapping[str, object]) -> None:
        """Offer the items every entry has."""
        self.item.offer([("", _l("Choose")), *items.items()])
