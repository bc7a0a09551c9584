"""How calls and applications are put into words and marks on pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import clock
from portal.classification.words.values import shown_words, wanted_words
from portal.files import StoredFile
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries.calls import state_of
from portal.recognition.terms.applications import ENDED, AppState
from portal.recognition.terms.calls import CALL_STATE_NAMES, CallState
from portal.web.filters import in_language

STATUS = {
    AppState.DRAFT: "none",
    AppState.FIRST_REVIEW: "wait",
    AppState.REVIEW: "wait",
    AppState.RETURNED: "soon",
    AppState.CONSULTING: "wait",
    AppState.PROPOSED: "info",
    AppState.NOTICED: "info",
    AppState.CONTESTED: "soon",
    AppState.RECOGNISED: "pass",
    AppState.DECLINED: "fail",
    AppState.WITHDRAWN: "none",
    AppState.LAPSED: "none",
    AppState.REVERSED: "fail",
}
CALL_STATUS = {CallState.PLANNED: "soon", CallState.OPEN: "open", CallState.CLOSED: "none"}
VERDICTS = {
    "met": _l("Every condition that needs no judgement is met"),
    "unmet": _l("At least one condition is not met"),
    "undetermined": _l("Cannot be told yet: facts or a judgement are missing"),
}
RESULTS = {
    "met": ("pass", _l("Met")),
    "unmet": ("fail", _l("Not met")),
    "missing": ("unknown", _l("Missing")),
    "judgement": ("wait", _l("Needs judgement")),
}
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}


def kind_of(application: RecognitionApplication) -> str:
    """Return the mark of an application's state."""
    return STATUS[AppState(application.state)]


def is_open(application: RecognitionApplication) -> bool:
    """Say whether an application has not ended."""
    return AppState(application.state) not in ENDED


def call_state(call: RecognitionCall) -> tuple[str, object]:
    """Return the mark and the word of how a call stands today."""
    found = state_of(call, clock.today())
    return CALL_STATUS[found], CALL_STATE_NAMES[found]


def both(said: dict[str, Any]) -> str:
    """Return a text that is kept as zh and en in the reader's language."""
    return in_language({"name_zh": said["zh"], "name_en": said["en"]})


def criteria(snapshot: dict[str, Any]) -> list[tuple[str, str, tuple[str, object], str]]:
    """Return (text, clause, mark and word, what is missing or compared) of a pre-check."""
    explanation = snapshot["explanation"] or {"criteria": []}
    return [
        (both(one), one["clause"], RESULTS[one["result"]], detail(one))
        for one in explanation["criteria"]
    ]


def detail(criterion: dict[str, Any]) -> str:
    """Return the figures a criterion and its parts compared."""
    parts = criterion.get("parts") or [criterion]
    said = [
        _(
            "%(what)s %(value)s (asked %(wanted)s)",
            what=both(part["of"]),
            value=shown_words(part["value"], part["unit"]),
            wanted=wanted_words(part["wanted"], part["unit"], "", {}),
        )
        for part in parts
        if part.get("value") not in (None, True, False) and part.get("of")
    ]
    return _("; ").join(said)


def size(file: StoredFile) -> str:
    """Return a file's kind and size: PDF, 12 KB."""
    kilobytes = max(1, round(file.size / 1024))
    kind = KINDS.get(file.content_type, file.content_type)
    if kilobytes < 1024:
        return _("%(kind)s, %(size)d KB", kind=kind, size=kilobytes)
    return _("%(kind)s, %(size)s MB", kind=kind, size=f"{kilobytes / 1024:.1f}")


def until(call: RecognitionCall) -> tuple[date, date]:
    """Return the window of a call."""
    return call.opens_on, call.closes_on
