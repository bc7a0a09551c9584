"""Merging entries and splitting one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    ChoicesField,
    CleanedTextField,
    Required,
    VersionedForm,
)

REASON = _l("Reason")
READ = _l("The submitters read it")


class MergeForm(VersionedForm):
    """Which entries end in favour of this one."""

    entries = ChoicesField(
        _l("Entries to merge into this one"),
        [Required(_l("Choose the entries to merge into this one"))],
    )
    merge_reason = CleanedTextField(
        REASON,
        [Required(_l("Say why; the submitters will read it"))],
        longest=300,
        description=READ,
    )


class SplitForm(VersionedForm):
    """Into which parts this entry is split."""

    titles = CleanedTextField(
        _l("Titles of the parts"),
        [Required(_l("Give each part a title of its own"))],
        longest=1200,
        description=_l("One per line; each part begins with all the entry says"),
    )
    split_reason = CleanedTextField(
        REASON,
        [Required(_l("Say why; the submitters will read it"))],
        longest=300,
        description=READ,
    )
