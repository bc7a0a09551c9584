"""The officers' and members' pages across domains; owns no tables."""

from portal.desk import cases, files, inbox, reasons
from portal.desk.views import blueprint

__all__ = ["blueprint", "cases", "files", "inbox", "reasons"]
