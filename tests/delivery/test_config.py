"""Settings: safe by default, refused when unsafe, the same secret for every process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from config import SettingsError, load_config

PUBLIC = {
    "PORTAL_ENV": "production",
    "PUBLIC_URL": "https://portal.example/",
    "TRUSTED_HOSTS": "portal.example, www.portal.example",
}


def load(data: Path, **environ: str) -> dict[str, Any]:
    return load_config({"PORTAL_DATA": str(data), **environ})


def test_without_settings_it_is_a_demonstration_on_this_machine(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings["DEMONSTRATION"]
    assert (settings["HOST"], settings["PORT"]) == ("127.0.0.1", 8000)
    assert settings["TRUSTED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert settings["PUBLIC_URL"] == "http://127.0.0.1:8000"
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/portal.db"
    assert not settings["SESSION_COOKIE_SECURE"]


def test_production_has_no_demonstration_and_secure_cookies(tmp_path: Path) -> None:
    settings = load(tmp_path, **PUBLIC)
    assert not settings["DEMONSTRATION"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["PUBLIC_URL"] == "https://portal.example"
    assert settings["TRUSTED_HOSTS"] == ["portal.example", "www.portal.example"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_NOW", "2025-12-31T23:50"),
        ("DEMO_PASSWORD", "correct horse"),
        ("PORTAL_DEMO", "1"),
        ("TRUSTED_HOSTS", ""),
        ("PUBLIC_URL", ""),
        ("SECRET_KEY", "short"),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load(tmp_path, **PUBLIC | {name: value})


@pytest.mark.parametrize("name", ["PORT", "TRUSTED_PROXIES", "MAIL_PORT", "WEB_WORKERS"])
def test_a_number_that_is_none_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be a whole number"):
        load(tmp_path, **{name: "eight"})


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: load(tmp_path / "new")["SECRET_KEY"], range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 32
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_always_spoken_to_by_psycopg(tmp_path: Path, scheme: str) -> None:
    settings = load(tmp_path, DATABASE_URL=f"{scheme}://a:b@db/portal")
    assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://a:b@db/portal"


def test_every_setting_is_in_the_deployment_page() -> None:
    source = Path(load_config.__code__.co_filename)
    words = set(source.read_text().split('"')[1::2])
    page = (source.parent / "docs" / "deployment.md").read_text()
    named = {word for word in words if word.isupper() and f'("{word}"' in source.read_text()}
    assert {"PORTAL_DATA", "SECRET_KEY", "DATABASE_URL"} <= named
    assert [word for word in sorted(named) if f"`{word}`" not in page] == []


def test_the_search_index_stands_in_files_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    assert load(tmp_path)["SEARCH_ENGINE"] == "whoosh"
    settings = load(
        tmp_path,
        SEARCH_ENGINE="postgresql",
        DATABASE_URL="postgres://a:b@db/portal",
        SEARCH_REPLICA_URL="postgresql://a:b@replica/portal",
    )
    assert settings["SEARCH_ENGINE"] == "postgresql"
    assert settings["SEARCH_REPLICA"] == "postgresql+psycopg://a:b@replica/portal"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SEARCH_ENGINE": "lucene"}, "SEARCH_ENGINE must be whoosh or postgresql, not 'lucene'"),
        ({"SEARCH_ENGINE": "postgresql"}, "name a PostgreSQL database in DATABASE_URL"),
        (
            {"SEARCH_ENGINE": "postgresql", "DATABASE_URL": "sqlite:////tmp/portal.db"},
            "the portal's data stand in SQLite",
        ),
        (
            {"DATABASE_URL": "postgresql:///a", "SEARCH_REPLICA_URL": "postgresql:///b"},
            "SEARCH_ENGINE be postgresql",
        ),
    ],
)
def test_an_engine_the_database_cannot_carry_is_refused(
    tmp_path: Path, environ: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        load(tmp_path, **environ)
