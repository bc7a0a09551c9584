"""Mail: rows written with the action, rendered and delivered by the worker."""

from portal.messages.actions import write_mail

__all__ = ["write_mail"]
