"""Forms of saving, changing and stopping an alert."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.alerts.terms import RHYTHM_NAMES, Rhythm
from portal.web.forms import Form, MailField, PlainHiddenField, RadioField, Required

RHYTHMS = [(str(rhythm), name) for rhythm, name in RHYTHM_NAMES.items()]


class SavingForm(Form):
    """Base of saving: which address. Somebody signed in needs to give nothing more for an entry."""

    of = PlainHiddenField()


class RhythmForm(Form):
    """How often to tell."""

    rhythm = RadioField(
        _l("How often"),
        [Required(_l("Choose how often you want to be told"))],
        choices=RHYTHMS,
        default=Rhythm.DAILY,
    )


class MailForm(Form):
    """What a visitor gives: where to write to. Nothing is sent before the address is confirmed."""

    mail = MailField(
        _l("Mail address"),
        [Required(_l("Enter the mail address to write to"))],
        description=_l("Used for these messages only, and deleted when you stop them"),
        render_kw={"autocomplete": "email"},
    )


class SearchForm(RhythmForm, SavingForm):
    """Saving a search, signed in."""


class SearchMailForm(MailForm, SearchForm):
    """Saving a search as a visitor."""


class EntryMailForm(MailForm, SavingForm):
    """Saving an entry as a visitor."""


class StopForm(Form):
    """Confirming, pausing, going on or stopping: nothing but the token."""
