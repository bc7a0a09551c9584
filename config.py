"""Settings, read from the environment here and nowhere else (docs/deployment.md lists them)."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


class SettingsError(Exception):
    """The settings contradict each other or are unsafe; the message says what to change."""


def load_config(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return the Flask configuration for these environment variables.

    Raises SettingsError with one sentence when production settings are unsafe.
    """
    production = environ.get("PORTAL_ENV", "") == "production"
    if production:
        refuse_unsafe_production(environ)
    data = Path(environ.get("PORTAL_DATA") or ROOT / "var").resolve()
    port = number(environ, "PORT", 8000)
    host = environ.get("HOST") or "127.0.0.1"
    public_url = (environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    return {
        "PRODUCTION": production,
        "DEMONSTRATION": not production and environ.get("PORTAL_DEMO", "1") != "0",
        "DATA": data,
        "FILES": data / "files",
        "FIXTURES": ROOT / "fixtures",
        "FONTS": ROOT / "fonts",
        "SECRET_KEY": environ.get("SECRET_KEY") or kept_secret(data),
        "SQLALCHEMY_DATABASE_URI": database_url(environ.get("DATABASE_URL", ""), data),
        "HOST": host,
        "PORT": port,
        "WEB_WORKERS": number(environ, "WEB_WORKERS", 2),
        "PAGE_CACHE": number(environ, "PAGE_CACHE_MB", 32) * MEGABYTE,
        "PUBLIC_URL": public_url,
        "TRUSTED_HOSTS": words(environ.get("TRUSTED_HOSTS", "")) or own_hosts(host, public_url),
        "TRUSTED_PROXIES": number(environ, "TRUSTED_PROXIES", 0),
        "DEMO_PASSWORD": environ.get("DEMO_PASSWORD", ""),
        "PORTAL_NOW": environ.get("PORTAL_NOW", ""),
        "CASE_IDLE": timedelta(hours=number(environ, "CASE_IDLE_HOURS", 24)),
        "IDENTITY_PAPER_DAYS": number(environ, "IDENTITY_PAPER_DAYS", 90),
        "IDENTITY_PAPER_LONGEST_DAYS": number(environ, "IDENTITY_PAPER_LONGEST_DAYS", 365),
        "RULE_TRIAL_DAYS": number(environ, "RULE_TRIAL_DAYS", 180),
        "SEARCH_NEED_DAYS": number(environ, "SEARCH_NEED_DAYS", 1095),
        "RATE_LIMITS": environ.get("REDIS_URL", "memory://"),
        **search_settings(environ),
        **mail_settings(environ),
        **sms_settings(environ),
        **session_settings(public_url.startswith("https://")),
    }


def refuse_unsafe_production(environ: Mapping[str, str]) -> None:
    """Raise SettingsError for what may stand in a rehearsal but never before the public."""
    for name in ("PORTAL_NOW", "DEMO_PASSWORD"):
        if environ.get(name):
            raise SettingsError(f"{name} is for demonstrations: unset it in production.")
    if environ.get("PORTAL_DEMO", "0") not in ("", "0"):
        raise SettingsError("PORTAL_DEMO is set: production has no demonstration accounts.")
    for name in ("TRUSTED_HOSTS", "PUBLIC_URL"):
        if not environ.get(name):
            raise SettingsError(f"{name} is missing: name the public host, then start again.")
    if environ.get("SECRET_KEY") and len(environ["SECRET_KEY"]) < 32:
        raise SettingsError("SECRET_KEY is shorter than 32 characters: use a longer random one.")


def kept_secret(data: Path) -> str:
    """Return the secret kept in the data folder, generating it once with mode 0600."""
    path = data / "secret.key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile("w", dir=data, prefix=".secret-") as draft:  # mode 0600
        draft.write(secrets.token_urlsafe(48))
        draft.flush()
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)  # the first of two processes wins, both read the same secret
    return path.read_text().strip()


def database_url(given: str, data: Path) -> str:
    """Return the SQLAlchemy address; PostgreSQL addresses always use psycopg 3."""
    if not given:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return f"sqlite:///{data / 'portal.db'}"
    return with_psycopg(given)


def with_psycopg(address: str) -> str:
    """Return a PostgreSQL address for psycopg 3, any other as it is."""
    for scheme in ("postgres://", "postgresql://"):
        if address.startswith(scheme):
            return "postgresql+psycopg://" + address.removeprefix(scheme)
    return address


def is_postgresql(address: str) -> bool:
    """Say whether a database address names PostgreSQL."""
    return with_psycopg(address).startswith("postgresql")


def search_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """The index is files in the data folder unless it is to stand in PostgreSQL.

    Raises SettingsError for an unknown engine, or one the database cannot carry.
    """
    engine = environ.get("SEARCH_ENGINE") or "whoosh"
    replica = environ.get("SEARCH_REPLICA_URL", "")
    if engine not in ("whoosh", "postgresql"):
        raise SettingsError(f"SEARCH_ENGINE must be whoosh or postgresql, not {engine!r}.")
    if engine == "postgresql" and not is_postgresql(environ.get("DATABASE_URL", "")):
        raise SettingsError(
            "SEARCH_ENGINE is postgresql, and the portal's data stand in SQLite: "
            "name a PostgreSQL database in DATABASE_URL, or leave SEARCH_ENGINE out."
        )
    if replica and not (engine == "postgresql" and is_postgresql(replica)):
        raise SettingsError(
            "SEARCH_REPLICA_URL must name a PostgreSQL replica, and SEARCH_ENGINE be postgresql."
        )
    return {"SEARCH_ENGINE": engine, "SEARCH_REPLICA": with_psycopg(replica)}


def mail_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Mail goes to files under the data folder until MAIL_SERVER names a host."""
    return {
        "MAIL_SERVER": environ.get("MAIL_SERVER", ""),
        "MAIL_PORT": number(environ, "MAIL_PORT", 587),
        "MAIL_USERNAME": environ.get("MAIL_USERNAME", ""),
        "MAIL_PASSWORD": environ.get("MAIL_PASSWORD", ""),
        "MAIL_STARTTLS": environ.get("MAIL_STARTTLS", "1") != "0",
        "MAIL_FROM": environ.get("MAIL_FROM", "no-reply@portal.example"),
    }


SMS_REQUEST = '{"to": "{number}", "text": "{text}", "reference": "{reference}"}'


def sms_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """SMS goes to files under the data folder until SMS_GATEWAY names a provider's address.

    Raises SettingsError for an address that is none, or a request that is no JSON object.
    """
    gateway = environ.get("SMS_GATEWAY", "")
    parts = urlsplit(gateway)
    if gateway and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise SettingsError("SMS_GATEWAY must be a full http or https address.")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsError("SMS_GATEWAY must be https: it carries numbers, codes and the token.")
    try:
        request = json.loads(environ.get("SMS_REQUEST") or SMS_REQUEST)
    except ValueError:
        request = None
    if not isinstance(request, dict) or "{text}" not in json.dumps(request):
        raise SettingsError('SMS_REQUEST must be a JSON object with "{text}" in one of its texts.')
    return {
        "SMS_GATEWAY": gateway,
        "SMS_TOKEN": environ.get("SMS_TOKEN", ""),
        "SMS_REQUEST": request,
        "SMS_SUCCESS": environ.get("SMS_SUCCESS", ""),
        "SMS_TIMEOUT": number(environ, "SMS_TIMEOUT", 10),
    }


def session_settings(https: bool) -> dict[str, Any]:
    """Cookie and upload limits; secure cookies as soon as the public address is https."""
    return {
        "SESSION_COOKIE_NAME": "portal",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "SIGN_IN_IDLE": timedelta(minutes=30),
        "SIGN_IN_LONGEST": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
    }


def own_hosts(host: str, public_url: str) -> list[str]:
    """Return the host names a portal on this machine is asked by when none are set."""
    named = urlsplit(public_url).hostname or "localhost"
    return sorted({"localhost", "127.0.0.1", host, named})


def words(text: str) -> list[str]:
    """Split a comma-separated setting."""
    return [word.strip() for word in text.split(",") if word.strip()]


def number(environ: Mapping[str, str], name: str, default: int) -> int:
    """Return a whole-number setting; raises SettingsError when it is not one."""
    text = environ.get(name) or str(default)
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{name} must be a whole number, not {text!r}.") from None
