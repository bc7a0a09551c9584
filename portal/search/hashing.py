"""Values that are looked up by again and again."""

from typing import TypeVar

T = TypeVar("T")


def hashed_once(kind: type[T]) -> type[T]:
    """Let each object of a frozen dataclass find its hash once: what holds others that hold others
    asks all of them every time else."""
    find = kind.__hash__

    def __hash__(self: T) -> int:
        known: dict[str, int] = self.__dict__
        if "its_hash" not in known:
            known["its_hash"] = find(self)
        return known["its_hash"]

    setattr(kind, "__hash__", __hash__)  # noqa: B010 - a method is assigned
    return kind
