"""Messages for the worker, written in the transaction that causes them."""

from portal.outbox.queue import Handlers, drain, oldest_age, send

__all__ = ["Handlers", "drain", "oldest_age", "send"]
