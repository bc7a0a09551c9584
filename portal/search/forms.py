"""The forms of the search: words that stand for each other, and a wish."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    ChoiceField,
    CleanedStringField,
    CleanedTextField,
    Form,
    Optional,
    Required,
    VersionField,
)


class WordsForm(Form):
    """A group of words; a group that exists is changed on the version it was opened on."""

    words = CleanedTextField(
        _l("Words that stand for each other"),
        [Required(_l("Write the words"))],
        longest=1000,
        description=_l("One to a line. Only what means the same: no wider or narrower word."),
    )
    note = CleanedStringField(_l("Note for colleagues"), [Optional()], longest=200)
    version = VersionField()


class NeedForm(Form):
    """What somebody looked for in vain."""

    word = CleanedStringField(_l("What you searched for"), [Optional()], longest=100)
    kind = ChoiceField(_l("What would help you"), [Optional()])
    text = CleanedTextField(
        _l("What you need"),
        [Required(_l("Write what you need"))],
        longest=500,
        description=_l(
            "What it is for, how much, where and by when. Leave out names and telephone numbers."
        ),
    )
