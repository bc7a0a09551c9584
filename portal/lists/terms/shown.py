"""The state of a published entry as the public filters it."""

from flask_babel import lazy_gettext as _l

OPEN, STANDING, IN_TALKS, MATCHED, ENDED = "open", "standing", "in_talks", "matched", "ended"
SHOWN_STATE_NAMES = {
    OPEN: _l("Open"),
    STANDING: _l("Standing"),
    IN_TALKS: _l("In talks"),
    MATCHED: _l("Matched"),
    ENDED: _l("Closed or past its date"),
}
AVAILABLE = (OPEN, STANDING)
