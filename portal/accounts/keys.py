"""Keys derived from the portal's secret: one per use, so that none serves for another."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

SEALED = "fernet:"  # named in the data, so that another algorithm can follow

_secret = b""


def set_secret(secret: str) -> None:
    """Set the portal's secret, from which every key is derived."""
    global _secret
    _secret = secret.encode()


def derive(use: str) -> bytes:
    """Return the 32 bytes of the key for one use."""
    assert _secret, "set_secret() comes first"
    return hmac.new(_secret, b"portal/accounts/1/" + use.encode(), "sha256").digest()


def keyed_digest(use: str, value: str) -> str:
    """Return what stands for a value that could be guessed if it were hashed without a key."""
    return "hmac-sha256:" + hmac.new(derive(use), value.encode(), "sha256").hexdigest()


def is_digest(use: str, value: str, digest: str) -> bool:
    """Say whether a value has this keyed digest, taking as long for every wrong one."""
    return hmac.compare_digest(keyed_digest(use, value), digest)


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a long random token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(use: str, text: str) -> str:
    """Return a text encrypted and authenticated, for the database."""
    return SEALED + fernet(use).encrypt(text.encode()).decode()


def unseal(use: str, sealed: str) -> str | None:
    """Return a sealed text, None when it was altered or sealed under another secret."""
    try:
        return fernet(use).decrypt(sealed.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        return None


def fernet(use: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive(use)))
