"""What the board of units says in words: the reminder ready to copy, the rows of its export."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.lists.models import Release
from portal.lists.queries.units import Standing
from portal.lists.terms.units import OWING, UNIT_STATE_NAMES, UnitState
from portal.taxonomy.models import Department
from portal.web.filters import comma, day, in_language, long_day, moment


def reminder_text(release: Release, shown: Sequence[Standing]) -> str:
    """Return the reminder to the units that owe their submission; nothing when none does."""
    owing = [each for each in shown if each.state in OWING]
    if not owing:
        return ""
    head = _(
        "Reminder: submissions for %(title)s. As of %(day)s these units have not handed in:",
        title=in_language(release.edition, "title"),
        day=long_day(clock.today()),
    )
    lines = [f"{place}. {line_of(each)}" for place, each in enumerate(owing, 1)]
    tail = _(
        "Please hand in entries and the stamped scan on the portal; when there is nothing to"
        " report, hand in a nil return."
    )
    return "\n".join([head, *lines, tail, signed(release)])


def line_of(each: Standing) -> str:
    """Return what one unit owes."""
    expected = each.unit.expected
    parts = [
        in_language(each.unit.department),
        ngettext("%(num)d entry expected", "%(num)d entries expected", expected),
    ]
    if each.unit.last_day is not None:
        parts.append(_("last day %(day)s", day=day(each.unit.last_day)))
    if each.state == UnitState.OVERDUE:
        parts.append(late_words(each.days_late))
    return comma().join(parts)


def late_words(days: int) -> str:
    """Return how long a submission is overdue."""
    return ngettext("%(num)d working day late", "%(num)d working days late", days)


def signed(release: Release) -> str:
    """Return who reminds: the lead bodies with office and landline."""
    leads = [body.department for body in release.edition.bodies if body.leads]
    return "\n".join(contact(body) for body in leads)


def contact(body: Department) -> str:
    """Return a body with its office and landline."""
    office = in_language(body, "office")
    return comma().join(filter(None, [in_language(body), office, body.landline]))


def export_head() -> list[str]:
    """Return the titles of the board's columns."""
    return [
        _("Unit"),
        _("Entries expected"),
        _("Own entries"),
        _("Supported entries of enterprises"),
        _("State"),
        _("To report by"),
        _("Working days overdue"),
        _("Reported on"),
        _("Version"),
        _("Late"),
        _("Ground of a nil return"),
    ]


def export_row(each: Standing) -> list[str]:
    """Return one unit as a row of text."""
    last = each.last if each.unit.sent else None
    return [
        in_language(each.unit.department),
        str(each.unit.expected),
        str(each.counted.own),
        str(each.counted.supported),
        str(UNIT_STATE_NAMES[each.state]),
        day(each.unit.last_day),
        str(each.days_late or ""),
        moment(last.handed_in_at) if last else "",
        str(last.number) if last else "",
        _("yes") if last and last.is_late else "",
        last.ground if last else "",
    ]
