"""What officers state of an official list once, and how its rows come in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.classification.terms.official_lists import MOST_ROWS
from portal.classification.terms.titles import TITLE_FIELDS
from portal.web.forms import (
    AddressField,
    ChoiceField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    PlainHiddenField,
    Required,
    UploadField,
    VersionedForm,
)

LONGEST_PASTE = 150_000


class PasteField(CleanedTextField):
    """Rows as they were copied: blanks at the ends of a line may be empty cells."""

    def clean(self, text: str) -> str:
        return "\n".join(text.splitlines()).strip("\n")


class OfficialListForm(Form):
    """The source of a list and its rows, as a file or pasted."""

    kind = ChoiceField(_l("Title held"), [Required(_l("Choose the title"))])
    source_title = CleanedStringField(
        TITLE_FIELDS["source_title"],
        [Required(_l("Enter the title of the source document"))],
        longest=200,
    )
    source_number = CleanedStringField(TITLE_FIELDS["source_number"], [Optional()], longest=80)
    source_date = DateField(
        TITLE_FIELDS["source_date"], [Required(_l("Enter the date of the source document"))]
    )
    source_url = AddressField(TITLE_FIELDS["source_url"], [Optional()], longest=300)
    level = ChoiceField(
        TITLE_FIELDS["level"],
        [Optional()],
        description=_l("For rows that name none; a title of one level needs none"),
    )
    batch = CleanedStringField(
        TITLE_FIELDS["batch"],
        [Optional()],
        longest=60,
        description=_l("For rows that name none, such as 2025年第一批"),
    )
    granted_on = DateField(
        TITLE_FIELDS["granted_on"],
        [Optional()],
        description=_l("For rows that name none; the date of the document when left empty"),
    )
    file = UploadField(
        _l("File"),
        [Optional()],
        description=_l(
            ".xlsx or .csv, at most %(most)d rows; 企业名称 is the only column needed",
            most=MOST_ROWS,
        ),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )
    pasted = PasteField(
        _l("Or paste the rows"),
        [Optional()],
        longest=LONGEST_PASTE,
        description=_l("As copied from a spreadsheet with its titles, or one name a line"),
    )


class ListActForm(VersionedForm):
    """Records, discards or undoes a list; settles a row as outside the registry."""


class MatchForm(VersionedForm):
    """Chooses the record a row means."""

    enterprise = PlainHiddenField()
