"""Settings: SQLite under BOLANGGU_HOME by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bolanggu import web_settings


def home() -> Path:
    """Where this installation's data lie: ``$BOLANGGU_HOME``, else the user's data folder."""
    given = os.environ.get("BOLANGGU_HOME")
    if given:
        return Path(given).expanduser().resolve()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "bolanggu"


def _secret() -> str:
    """The signing key of sessions: from the environment, else made once and kept in the home."""
    if given := os.environ.get("BOLANGGU_SECRET_KEY"):
        return given
    file = home() / "secret_key"
    if not file.exists():
        home().mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()


def _database(url: str | None) -> dict[str, Any]:
    """One Django database: from ``postgresql://user:password@host:port/name?option=value``, else SQLite in the home."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home() / "bolanggu.sqlite3",
            "OPTIONS": {
                "timeout": 120,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL starts with {parts.scheme!r}; it must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BOLANGGU_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}

PLATFORM = ["journal", "outbox", "lineage", "numbering", "accounts", "parties", "ledger", "versions"]
MARKET = [
    "goods",
    "inquiries",
    "orders",
    "production",
    "warehousing",
    "consolidation",
    "transport",
    "customs",
    "settlement",
    "documents",
    "tracking",
    "aftersales",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    *(f"bolanggu.platform.{name}" for name in PLATFORM),
    "bolanggu.analytics.market_index",
    *(f"bolanggu.market.{name}" for name in MARKET),
    "bolanggu.trade",
    "bolanggu.trade.changes",
    "bolanggu.blueprint",
    *web_settings.APPLICATIONS,
]
globals().update(web_settings.web(home()))
