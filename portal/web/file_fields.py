"""Fields for files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import gettext as _


class UploadField(wtforms.FileField):
    """One file; `data` is werkzeug's FileStorage, or None when none was chosen."""

    data: Any
    shape = "file"
    unit: object = None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        chosen = valuelist[0] if valuelist else None
        self.data = chosen if getattr(chosen, "filename", "") else None


class UploadsField(UploadField):
    """Up to `most` files chosen at once; `data` is a list of werkzeug's FileStorage."""

    widget = wtforms.widgets.FileInput(multiple=True)

    def __init__(self, label: Any = None, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(label, *args, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [chosen for chosen in valuelist if getattr(chosen, "filename", "")]
        if len(self.data) > self.most:
            raise ValueError(_("Choose at most %(count)d files", count=self.most))
