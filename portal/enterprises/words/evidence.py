"""How evidence is written on pages: what a file proves, how large it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.enterprises.models import Metric
from portal.enterprises.queries.evidence import IDENTITY_PAPER
from portal.enterprises.queries.figures import years_now
from portal.enterprises.terms.record import FIELD_NAMES, FIELDS, PRIVATE
from portal.enterprises.words import figures as figure_words
from portal.files import StoredFile

KINDS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}
IDENTITY_PAPER_NAME = _l("Identity paper of the legal representative")
Metrics = Mapping[str, Metric]


def offered(metrics: Metrics) -> list[tuple[str, object]]:
    """Return every field and figure a file can be added for, as (purpose, name)."""
    fields = [(name, FIELD_NAMES[name]) for name in FIELDS if name not in PRIVATE]
    dated = [
        (f"{code}@{year}", figure_words.title(metric, year))
        for back, year in enumerate(years_now())
        for code, metric in metrics.items()
        if metric.years > back
    ]
    undated = [(code, figure_words.label(m)) for code, m in metrics.items() if not m.years]
    return [*fields, *dated, *undated]


def purpose_name(purpose: str, metrics: Metrics) -> object:
    """Return what a purpose is called."""
    if purpose == IDENTITY_PAPER:
        return IDENTITY_PAPER_NAME
    code, _at, year = purpose.partition("@")
    if code in metrics:
        return figure_words.title(metrics[code], int(year) if year else None)
    return FIELD_NAMES.get(purpose, purpose)


def grouped(
    files: Iterable[StoredFile], metrics: Metrics
) -> list[tuple[object, str, list[StoredFile]]]:
    """Return (name, purpose, files) for each field or figure with evidence."""
    found: dict[str, list[StoredFile]] = {}
    for file in files:
        found.setdefault(file.purpose, []).append(file)
    return [(purpose_name(purpose, metrics), purpose, rows) for purpose, rows in found.items()]


def size(file: StoredFile) -> str:
    """Return a file's kind and size: PDF, 0.3 MB."""
    kind = KINDS.get(file.content_type, file.content_type)
    kilobytes = max(1, round(file.size / 1024))
    if kilobytes < 1024:
        return str(_("%(kind)s, %(size)d KB", kind=kind, size=kilobytes))
    return str(_("%(kind)s, %(size)s MB", kind=kind, size=f"{kilobytes / 1024:.1f}"))
