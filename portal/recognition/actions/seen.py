"""Whether a decision rests on what stands now: what changed since its page was opened."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.terms.record import FIELD_NAMES
from portal.errors import ChangedSinceOpened
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.reviews import changed_since
from portal.recognition.terms.acts import APPLICATION_ACTS


def check_unchanged(
    actor: Person, application: RecognitionApplication, version: int, seen: int
) -> None:
    """Raise ChangedSinceOpened, naming what changed, when others changed the application or the
    record of its enterprise after line `seen` of the trail."""
    events = changed_since(application, seen, actor.id)
    if not events and application.version == version:
        return
    said = list(dict.fromkeys(words_for(event) for event in events))
    what = _("; ").join(said) or _("the application was decided on")
    raise ChangedSinceOpened(
        _("Changed since you opened this page: %(what)s. Look again, then decide", what=what),
        tuple(said),
    )


def words_for(event: AuditEvent) -> str:
    """Return in a few words what a line of the trail changed."""
    if event.subject_kind == RecognitionApplication.__tablename__:
        return str(APPLICATION_ACTS.get(event.act, _("the application")))
    names = [str(FIELD_NAMES[name]) for name in event.changes if name in FIELD_NAMES]
    if names:
        return _("record of the enterprise: %(fields)s", fields=_(", ").join(names))
    return _("figures, files or state of the enterprise")
