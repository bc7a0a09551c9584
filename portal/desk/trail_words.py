"""What changed in a line of the trail, in the reader's language: states, choices, places, figures.

The trail keeps codes, which stay the same when a word is chosen better. A code nobody has a word
for is shown as it is.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.accounts.bureau_views.frame import rights_in, rights_in_words
from portal.audit.models import AuditEvent
from portal.casework.opinions import REPLY_NAMES
from portal.casework.terms import CASE_OUTCOME_NAMES, STAGE_NAMES
from portal.classification.terms.standing import ACT_NAMES as TITLE_ACT_NAMES
from portal.classification.terms.titles import LEVEL_NAMES, TITLE_FIELDS
from portal.desk.trail_names import FIELDS, act_words, field_name
from portal.enterprises.models import Metric
from portal.enterprises.queries.figures import metrics
from portal.enterprises.rules.roles import ROLE_NAMES
from portal.enterprises.terms.record import IMPORT_STATE_NAMES, STATE_NAMES
from portal.enterprises.terms.standing import KIND_NAMES
from portal.enterprises.words import evidence, figures
from portal.lists.facts import readable_detail
from portal.lists.queries.subtypes import every_subtype
from portal.lists.rules.values import label_of
from portal.lists.terms.editions import EDITION_STATE_NAMES
from portal.lists.terms.entries import ENTRY_STATE_NAMES, LIFE_NAMES
from portal.lists.terms.fields import CODED, DETAIL_PREFIX
from portal.lists.terms.fields import FIELD_NAMES as ENTRY_FIELDS
from portal.lists.terms.kinds import KIND_NAMES as LIST_NAMES
from portal.lists.terms.proofs import FINDING_NAMES
from portal.lists.terms.reviews import CONCLUSION_NAMES, PART_NAMES, Part
from portal.lists.terms.steps import RESULT_NAMES as LIST_RESULT_NAMES
from portal.lists.terms.steps import SETTLED_NAMES
from portal.lists.terms.wordings import WORDING_STATE_NAMES
from portal.partners.terms import FIELD_NAMES as PARTNER_FIELDS
from portal.partners.terms import KIND_NAMES as PARTNER_KIND_NAMES
from portal.partners.terms import STANDING_NAMES as PARTNER_STANDING_NAMES
from portal.recognition.terms.applications import APP_STATE_NAMES
from portal.recognition.terms.notices import RESULT_NAMES
from portal.taxonomy.queries import departments, names_of
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language

UNSAID = ("acting_for", "version")  # the first stands beside who acted, the second is no fact
VALUES: Mapping[tuple[str, str], Mapping[Any, object]] = {
    ("enterprise", "state"): STATE_NAMES,
    ("enterprise", "role"): ROLE_NAMES,
    ("enterprise", "kind"): KIND_NAMES,
    ("import_job", "state"): IMPORT_STATE_NAMES,
    ("work_case", "stage"): STAGE_NAMES,
    ("work_case", "outcome"): CASE_OUTCOME_NAMES,
    ("title", "level"): LEVEL_NAMES,
    ("title", "act"): TITLE_ACT_NAMES,
    ("recognition_application", "state"): APP_STATE_NAMES,
    ("recognition_application", "reply"): REPLY_NAMES,
    ("recognition_objection", "result"): RESULT_NAMES,
    ("consulted_body", "reply"): REPLY_NAMES,
    ("consulted_body", "result"): SETTLED_NAMES,
    ("notice_objection", "result"): LIST_RESULT_NAMES,
    ("partner", "kind"): PARTNER_KIND_NAMES,
    ("partner", "standing"): PARTNER_STANDING_NAMES,
    ("edition", "kind"): LIST_NAMES,
    ("release", "state"): EDITION_STATE_NAMES,
    **{("release", part): CONCLUSION_NAMES for part in Part},
    ("entry", "state"): ENTRY_STATE_NAMES,
    ("entry", "life"): LIFE_NAMES,
    ("entry", "finding"): FINDING_NAMES,
    ("entry", "wording"): WORDING_STATE_NAMES,
}
FIELDS_OF: Mapping[str, Mapping[str, object]] = {
    "entry": ENTRY_FIELDS,
    "partner": PARTNER_FIELDS,
    "release": {str(part): name for part, name in PART_NAMES.items()},
    "title": TITLE_FIELDS,
}
BODIES = frozenset({"body", "leads", "cooperating"})  # fields that name departments
PLACED = frozenset({"enterprise", "entry"})  # kinds of row whose fields name terms
SCHEMES: Mapping[str, Scheme] = {
    "district": Scheme.DISTRICT,
    "zone": Scheme.ZONE,
    "industry": Scheme.INDUSTRY,
    "key_industry": Scheme.KEY_INDUSTRY,
    "node": Scheme.NODE,
    "pillars": Scheme.PILLAR,
    "field": Scheme.FIELD,
}


@dataclass(frozen=True)
class TrailWords:
    """The words of some lines, read in a few statements however many they are."""

    rights: Mapping[str, str]
    terms: Mapping[tuple[str, str], object]
    bodies: Mapping[str, str]
    metrics: Mapping[str, Metric]
    details: Mapping[str, Mapping[str, Any]]

    def changes(self, event: AuditEvent) -> Iterator[tuple[str, str, str]]:
        """Yield (field, before, after) of what changed; before is "" where nothing stood, both
        where the value is not told."""
        for field, (before, after) in event.changes.items():
            if field in UNSAID or (before is None and after is None):
                continue
            told = (before, after) != ("", "")
            yield (
                self.field(event.subject_kind, field),
                self.value(event.subject_kind, field, before) if told else "",
                (self.value(event.subject_kind, field, after) or "–") if told else "",
            )

    def field(self, kind: str, name: str) -> str:
        """Return what a field is called, a figure by its name and year."""
        metric = self.metric(kind, name)
        if metric is not None:
            year = name.partition("@")[2]
            return str(figures.title(metric, int(year) if year else None))
        if kind == "entry" and name in self.details:
            return label_of(self.details[name])
        return str(FIELDS_OF.get(kind, {}).get(name) or field_name(name))

    def metric(self, kind: str, field: str) -> Metric | None:
        """Return the figure a field of a record is, None for other facts."""
        is_fact = kind != "enterprise" or field in FIELDS
        return None if is_fact else self.metrics.get(field.partition("@")[0])

    def value(self, kind: str, field: str, value: Any) -> str:
        """Return one value as it is read, "" for none."""
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if value is None or value in ("", []):
            return ""
        return str(_(", ")).join(str(self.word(kind, field, each)) for each in each_of(value))

    def word(self, kind: str, field: str, code: str) -> object:
        """Return the word for a code, or the code."""
        if (kind, field) in VALUES:
            return VALUES[kind, field].get(code, code)
        if field == "right":
            return self.rights.get(code, code)
        if field in BODIES:
            return self.bodies.get(code, code)
        if field in ("evidence", "purpose"):
            return evidence.purpose_name(code, self.metrics)
        if metric := self.metric(kind, field):
            return figures.words_of(metric, code)
        if kind == "entry" and field in self.details:
            described = self.details[field]
            return readable_detail(described, code) if described["type"] in CODED else code
        return self.terms.get((SCHEMES.get(field, ""), code), code)

    def line(self, event: AuditEvent) -> str:
        """Return what changed in one line of text."""
        return str(_("; ")).join(one_change(*each) for each in self.changes(event))


def one_change(field: str, before: str, after: str) -> str:
    """Return one change as it is read: field: before → after."""
    if not after:
        return field
    name = _("%(field)s: ", field=field)
    return f"{name}{before} → {after}" if before else f"{name}{after}"


def each_of(value: Any) -> list[str]:
    """Return the values of a list as the trail writes it, or the one value."""
    text = str(value)
    if not text.startswith("["):
        return [text]
    try:
        return [str(each) for each in literal_eval(text)]
    except (ValueError, SyntaxError):  # a sentence that only begins so
        return [text]


def words_for(events: Iterable[AuditEvent]) -> TrailWords:
    """Return the words that some lines need."""
    events = list(events)
    fields = {field for event in events for field in event.changes}
    named = slugs_in(events)
    about_entries = any(event.subject_kind == "entry" for event in events)
    return TrailWords(
        rights=rights_in_words(rights_in(events)),
        terms=names_of(named, in_language) if named else {},
        bodies={b.slug: in_language(b) for b in departments()} if fields & BODIES else {},
        metrics=metrics(),
        details=details_of_entries() if about_entries else {},
    )


def slugs_in(events: Iterable[AuditEvent]) -> set[tuple[str, str]]:
    """Return the (scheme, slug) pairs that lines name."""
    return {
        (scheme, slug)
        for event in events
        if event.subject_kind in PLACED
        for field, scheme in SCHEMES.items()
        for value in event.changes.get(field, ())
        if value
        for slug in each_of(value)
    }


def details_of_entries() -> dict[str, Mapping[str, Any]]:
    """Return how the details of entries are described, by the name they have in the trail."""
    return {
        DETAIL_PREFIX + field["key"]: field for form in every_subtype() for field in form.fields
    }


def both_in_words(event: AuditEvent, words: TrailWords) -> tuple[str, str]:
    """Return the act and what changed, as an export shows them beside the codes."""
    return str(act_words(event)), words.line(event)
