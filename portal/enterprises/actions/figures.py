"""Stating figures: by the enterprise, by an officer who checked them, or in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.models import Enterprise, Figure, ShownFigure
from portal.enterprises.queries.figures import (
    figures_of,
    figures_version,
    metrics,
    shown_rows,
    values_of,
)
from portal.enterprises.rules import figure_checks
from portal.enterprises.rules.figure_checks import Findings, Year
from portal.enterprises.rules.figure_values import Value, write
from portal.enterprises.rules.states import CLOSED
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.record import State
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.web.filters import in_language

LONGEST_NOTE = 300


class FiguresRefused(Refused):
    """Figures that cannot stand, or unusual ones without a reason: messages by metric."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(next(iter((findings.errors | findings.warnings).values())))
        self.findings = findings


def check_open(enterprise: Enterprise) -> None:
    """Raise Refused while the record's facts may not be changed by its members."""
    if enterprise.state == State.SUBMITTED:
        raise Refused(_("The bureau is verifying this record: change figures when it has decided"))
    if enterprise.state in CLOSED:
        raise Refused(_("This record is closed: its figures stay as they are"))


@action
def save_figures(
    actor: Person,
    enterprise: Enterprise,
    year: int | None,
    values: Mapping[str, Value | None],
    as_of: date,
    version: int,
    notes: Mapping[str, str],
    shown: Collection[str],
) -> None:
    """State a page of the enterprise's own figures and choose which of them the public sees.

    Raises what `record_figures` raises.
    """
    source = Source.SELF_DECLARED
    record_figures(actor, enterprise, year, values, source, as_of, version, notes)
    show_figures(actor, enterprise, year, values.keys(), shown)


@action
def show_figures(
    actor: Person,
    enterprise: Enterprise,
    year: int | None,
    codes: Collection[str],
    shown: Collection[str],
) -> None:
    """Show exactly `shown` of these figures of a year on the public profile.

    What may not be public stays for verification only. Raises NotAllowed, Refused.
    """
    check_may_state(actor, enterprise, Source.SELF_DECLARED)
    every = metrics()
    wanted = {code for code in shown if code in codes and every[code].may_be_public}
    stand = {row.metric: row for row in shown_rows(enterprise, year) if row.metric in codes}
    for code in stand.keys() - wanted:
        stand[code].ended_at = clock.now()
    for code in wanted - stand.keys():
        db.session.add(
            ShownFigure(
                enterprise_id=enterprise.id,
                metric=code,
                year=year,
                chosen_at=clock.now(),
                chosen_by_id=actor.id,
            )
        )
    changed = stand.keys() ^ wanted
    if changed:
        changes = {name_of(code, year): (code in stand, code in wanted) for code in sorted(changed)}
        audit.record(actor, "show_figures", enterprise, changes)


@action
def record_figures(
    actor: Person,
    enterprise: Enterprise,
    year: int | None,
    values: Mapping[str, Value | None],
    source: Source,
    as_of: date,
    version: int,
    notes: Mapping[str, str] | None = None,
) -> list[Figure]:
    """State the figures of a year (None: those without one); None in `values` ends a figure.

    Only what differs is written. `version` is `figures_version` when the form was opened. `notes`
    say why an unusual value stays or, from an officer, what it was checked against.
    Raises NotAllowed, ChangedSinceOpened, Refused, FiguresRefused: nothing is written then.
    """
    check_may_state(actor, enterprise, source)
    if figures_version(enterprise, year) != version:
        raise ChangedSinceOpened(
            _("These figures were changed since you opened the page: compare and save again")
        )
    if as_of > clock.today():
        raise Refused(_("The day the figures are of is still to come: check it"), "as_of")
    now = figures_of(enterprise, [None] if year is None else [year - 1, year, year + 1])
    given = {code: words.strip()[:LONGEST_NOTE] for code, words in (notes or {}).items()}
    kept = check_values(now, year, values, source, given)
    stand = {row.metric: row for row in now if row.year == year and row.source == source}
    return write_figures(stand, Statement(actor, enterprise, year, source, as_of), values, kept)


def check_may_state(actor: Person, enterprise: Enterprise, source: Source) -> None:
    """Raise NotAllowed or Refused unless this person may state figures of this source now."""
    if source == Source.SELF_DECLARED:
        check_editor(actor, enterprise)
        check_open(enterprise)
    else:
        check_reviewer(actor, enterprise)


def check_values(
    now: Sequence[Figure],
    year: int | None,
    values: Mapping[str, Value | None],
    source: Source,
    notes: Mapping[str, str],
) -> Mapping[str, str]:
    """Return the notes to keep; raises FiguresRefused.

    Only the enterprise is asked why: an officer states what the evidence says.
    """
    every = metrics()
    stand = values_of(now, every, source)
    merged = {**stand.get(year, {}), **values}
    beside = {number: stand[number] for number in stand if number not in (year, None)}
    present = {code: value for code, value in merged.items() if value is not None}
    found = figure_checks.check(every, Year(present, values.keys(), year, beside), in_language)
    if source != Source.SELF_DECLARED:
        if found.errors:
            raise FiguresRefused(Findings(found.errors, {}))
        return notes
    before = {(row.metric, row.value): row.note for row in now if row.year == year}
    kept = {
        code: notes.get(code) or before.get((code, write(present[code])), "")
        for code in found.warnings
    }
    asks = {code: found.warnings[code] for code in kept if not kept[code]}
    if found.errors or asks:
        raise FiguresRefused(Findings(found.errors, asks))
    return kept


@dataclass(frozen=True)
class Statement:
    """Who states the figures of which year, as what, and of which day they are."""

    actor: Person
    enterprise: Enterprise
    year: int | None
    source: Source
    as_of: date

    def row(self, code: str, text: str, note: str) -> Figure:
        """Return the row that states one figure."""
        return Figure(
            enterprise_id=self.enterprise.id,
            metric=code,
            year=self.year,
            value=text,
            source=self.source,
            as_of=self.as_of,
            note=note,
            recorded_at=clock.now(),
            recorded_by_id=self.actor.id,
        )


def write_figures(
    stand: Mapping[str, Figure],
    statement: Statement,
    values: Mapping[str, Value | None],
    notes: Mapping[str, str],
) -> list[Figure]:
    """End what changes, write what is new, tell the trail each figure with its year."""
    changes: dict[str, tuple[object, object]] = {}
    made: list[Figure] = []
    for code, value in values.items():
        old, text = stand.get(code), None if value is None else write(value)
        note = notes.get(code, "")
        if is_same(old, text, statement.as_of, note):
            continue
        if old is not None:
            old.superseded_at = clock.now()
        if text is not None:
            made.append(statement.row(code, text, note))
        changes[name_of(code, statement.year)] = (old.value if old else None, text)
    db.session.flush()  # the rows before are ended first: only one of a source may stand open
    db.session.add_all(made)
    if changes:
        audit.record(statement.actor, f"figures_{statement.source}", statement.enterprise, changes)
    return made


def is_same(old: Figure | None, text: str | None, as_of: date, note: str) -> bool:
    """Say whether a statement stands already as it is made again."""
    if old is None or text is None:
        return old is None and text is None
    return (old.value, old.as_of, old.note) == (text, as_of, note)


def text_of(value: Value | None) -> str:
    """Return a value's text, "" for none."""
    return "" if value is None else write(value)


def name_of(code: str, year: int | None) -> str:
    """Return how the trail and the files call a figure: revenue@2025, digital_level."""
    return code if year is None else f"{code}@{year}"
