"""What the domains raise and the web layer turns into pages."""

from __future__ import annotations

from datetime import timedelta


class PortalError(Exception):
    """Base of all refusals; `message` is a sentence (possibly lazy) for the person asking."""

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self._message = message

    @property
    def message(self) -> str:
        return str(self._message)


class Refused(PortalError):
    """A business rule said no: what is wrong and what to do, at a field where there is one."""

    def __init__(self, message: object, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ChangedSinceOpened(Refused):
    """The form was opened on an older version of the row; `changes` name what differs."""

    def __init__(self, message: object, changes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes


class Throttled(Refused):
    """Too many attempts in a short time; the message says when to try again, `wait` how long."""

    def __init__(self, message: object, wait: timedelta = timedelta(minutes=15)) -> None:
        super().__init__(message)
        self.wait = wait


class Unreadable(PortalError):
    """The address asks for something there is not; the message says what."""


class Busy(PortalError):
    """The portal cannot do this just now; the message says why and when to try again."""


class NotAllowed(PortalError):
    """This person may not do or see this; the message says who may."""


class NotFound(PortalError):
    """No such row, or none this person may know of."""
