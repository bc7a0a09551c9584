"""Mail, SMS and the inbox: rows written with the action; the worker delivers what leaves."""

from portal.messages.actions import (
    mark_read,
    write_inbox,
    write_mail,
    write_nothing,
    write_sms,
)

__all__ = ["mark_read", "write_inbox", "write_mail", "write_nothing", "write_sms"]
