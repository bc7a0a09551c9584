"""Vocabulary of calls for entries: whom they address, what was made known about them."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.lists.terms.fields import FieldType


class CallEventKind(StrEnum):
    """What the public was told about a call."""

    OPENED = "opened"
    EXTENDED = "extended"
    SUPPLEMENTED = "supplemented"
    CLOSED = "closed"


CALL_EVENT_NAMES = {
    CallEventKind.OPENED: _l("Call made known"),
    CallEventKind.EXTENDED: _l("Extended"),
    CallEventKind.SUPPLEMENTED: _l("Supplement"),
    CallEventKind.CLOSED: _l("Closed early"),
}


FIELD_TYPE_NAMES = {
    FieldType.TEXT: _l("Text"),
    FieldType.LONG_TEXT: _l("Long text"),
    FieldType.NUMBER: _l("Whole number"),
    FieldType.DECIMAL: _l("Number"),
    FieldType.MONEY: _l("Amount"),
    FieldType.DATE: _l("Date"),
    FieldType.CHOICE: _l("Choice"),
    FieldType.URL: _l("Web address"),
    FieldType.LIST: _l("List, one item a line"),
    FieldType.TABLE: _l("Table"),
    FieldType.FILE: _l("File"),
}
