"""An officer's word on one figure, with the file it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.evidence import add_officers_evidence
from portal.enterprises.actions.figures import name_of, record_figures
from portal.enterprises.models import Enterprise, Figure
from portal.enterprises.rules.figure_values import Value
from portal.enterprises.terms.figures import Source
from portal.errors import Refused
from portal.files import Received


@dataclass(frozen=True)
class Said:
    """What an officer says a figure is, on which ground and as of when."""

    value: Value | None
    source: Source
    as_of: date
    note: str


@action
def check_figure(
    actor: Person,
    enterprise: Enterprise,
    figure: tuple[str, int | None],
    said: Said,
    version: int,
    received: Received | None = None,
) -> list[Figure]:
    """State what an officer checked, or an official figure, beside what others say.

    `figure` is metric and year. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    code, year = figure
    if said.value is None:
        raise Refused(_("Enter the value the evidence shows"), "value")
    if received is not None:
        add_officers_evidence(actor, enterprise, name_of(code, year), received)
    values, notes = {code: said.value}, {code: said.note}
    return record_figures(actor, enterprise, year, values, said.source, said.as_of, version, notes)
