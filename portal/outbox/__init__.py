"""Messages for the worker, written in the transaction that causes them."""

from portal.outbox.queue import Handler, Handlers, Unfinished, drain, oldest_age, send

__all__ = ["Handler", "Handlers", "Unfinished", "drain", "oldest_age", "send"]
