"""The figures of one year and group: a form made from the metrics it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.models import Figure, Metric
from portal.enterprises.rules.figure_values import Value, parse, shown
from portal.enterprises.terms.figures import SOURCE_NAMES, Kind, Source, Unit
from portal.enterprises.words import figures as words
from portal.web.cleaning import clean_code
from portal.web.forms import (
    ChoiceField,
    CleanedStringField,
    DateField,
    Form,
    RadioField,
    Required,
    TickField,
    UploadField,
    VersionedForm,
)

LONGEST_TYPED = 60
SHAPES = {Kind.WHOLE: "whole", Kind.DECIMAL: "decimal"}


class FigureField(CleanedStringField):
    """One figure as text, cleaned; `value` is read of it, `typed` what stands in the field."""

    def __init__(self, label: Any = None, *args: Any, metric: Metric, **kwargs: Any) -> None:
        super().__init__(label, *args, longest=LONGEST_TYPED, **kwargs)
        self.metric = metric
        self.shape = SHAPES.get(Kind(metric.kind), "text")
        self.unit = words.unit(metric)

    def clean(self, text: str) -> str:
        return clean_code(text)

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        parse(self.metric, self.data or "")

    def _value(self) -> str:
        if self.raw_data and not self.data:
            return str(self.raw_data[0])[:LONGEST_TYPED]
        return str(self.data or "")


class FiguresForm(VersionedForm):
    """The day the figures are of; the metrics' own fields are added by `figures_form`."""

    metrics: Mapping[str, Metric] = {}
    as_of = DateField(_l("Figures as of"), [Required(_l("Enter the day the figures are of"))])

    def values(self) -> dict[str, Value | None]:
        """Return what was entered, typed; None where a field is empty."""
        return {code: parse(m, self[code].data or "") for code, m in self.metrics.items()}

    def notes(self) -> dict[str, str]:
        """Return the reasons given for unusual values."""
        return {code: self[f"keep_{code}"].data or "" for code in self.metrics}

    def chosen(self) -> set[str]:
        """Return which figures are to stand on the public profile."""
        public = (code for code, metric in self.metrics.items() if metric.may_be_public)
        return {code for code in public if self[f"show_{code}"].data}

    def take_over(self) -> list[str]:
        """Fill in what is ticked as the same as another figure; return a sentence for each."""
        said = []
        for code, metric in self.metrics.items():
            if metric.same_as and self[f"same_{code}"].data:
                said += self.copy(metric, self.metrics[metric.same_as])
        return said

    def copy(self, metric: Metric, other: Metric) -> list[str]:
        """Take one value over, or say at the field that there is none."""
        field, taken = self[metric.code], self[other.code].data
        if not taken:
            field.errors = [
                _("Enter %(name)s first, or take the tick away", name=words.label(other))
            ]
            return []
        field.data, field.errors = taken, []
        self[f"same_{metric.code}"].data = False
        return [
            _(
                "%(name)s was entered as %(other)s: %(value)s",
                name=words.label(metric),
                other=words.label(other),
                value=taken,
            )
        ]


def figures_form(
    asked: Iterable[Metric],
    stand: Mapping[str, Figure],
    shown_codes: Iterable[str],
    **data: Any,
) -> FiguresForm:
    """Return the form of these metrics, filled in with what stands and what is shown."""
    metrics = {metric.code: metric for metric in asked}
    fields: dict[str, Any] = {"metrics": metrics}
    for code, metric in metrics.items():
        fields[code] = field_of(metric)
        fields[f"keep_{code}"] = CleanedStringField(
            _("Keep %(name)s because…", name=words.label(metric)), [Optional()], longest=300
        )
        if metric.same_as in metrics:
            other = words.label(metrics[metric.same_as])
            fields[f"same_{code}"] = TickField(_("The same as %(name)s", name=other))
        if metric.may_be_public:
            fields[f"show_{code}"] = TickField(_("Show it on the public profile"))
    for code, figure in stand.items():
        data[code] = typed(metrics[code], figure.value)
        data[f"keep_{code}"] = figure.note
    data |= {f"show_{code}": True for code in shown_codes}
    made: Callable[..., FiguresForm] = type("FiguresForm", (FiguresForm,), fields)
    return made(data=data)


def field_of(metric: Metric) -> Any:
    """Return the unbound field for a metric."""
    name, hint = words.label(metric), words.scope(metric)
    if metric.kind == Kind.BOOL:
        answers = [("true", _("Yes")), ("false", _("No")), ("", _("Not stated"))]
        return RadioField(name, [Optional()], choices=answers, description=hint, default="")
    if metric.kind == Kind.CHOICE:
        offered = [(c["slug"], words.words_of(metric, c["slug"])) for c in metric.choices]
        choices = [("", _("Not stated")), *offered]
        return ChoiceField(name, [Optional()], choices=choices, description=hint, default="")
    return FigureField(name, [Optional()], description=hint, metric=metric)


def typed(metric: Metric, text: str) -> str:
    """Return a kept text as it is typed: a ratio in per cent without its sign."""
    return shown(metric, text).rstrip("%") if metric.unit == Unit.RATIO else text


class CheckForm(VersionedForm):
    """An officer's word on one figure; `value` is added by `check_form`."""

    source = RadioField(
        _l("Kind of figure"),
        [Required(_l("Choose what the figure rests on"))],
        choices=[(str(s), SOURCE_NAMES[s]) for s in (Source.CHECKED, Source.OFFICIAL)],
    )
    as_of = DateField(_l("Figures as of"), [Required(_l("Enter the day the figures are of"))])
    note = CleanedStringField(
        _l("Checked against"),
        [Required(_l("Say what it was checked against"))],
        longest=300,
        description=_l("Document and page; the enterprise reads it"),
    )
    proof = UploadField(
        _l("Evidence"), [Optional()], description=_l("PDF, JPG or PNG, at most 20 MB")
    )


def check_form(metric: Metric, figure: Figure | None, **data: Any) -> CheckForm:
    """Return the form for one figure, filled in with what the enterprise states."""
    made: Callable[..., CheckForm] = type("CheckForm", (CheckForm,), {"value": field_of(metric)})
    if figure is not None:
        data |= {"value": typed(metric, figure.value), "as_of": figure.as_of}
    return made(data=data)


class RemoveForm(Form):
    """Takes something away after a page that says what is lost."""
