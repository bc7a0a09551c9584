"""Hashing and checking passwords (argon2id). Slow by design: never call inside an action."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106 second choice scaled to a small server: 19 MiB, two passes, about 30 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("no such person")


def hash_password(password: str) -> str:
    """Return the argon2id hash with its parameters and salt."""
    return _hasher.hash(password)


def is_password(secret: str | None, password: str) -> bool:
    """Say whether the password matches; without a secret it takes just as long to say no."""
    try:
        return _hasher.verify(secret or _nobody, password) and secret is not None
    except (VerificationError, InvalidHashError):
        return False
