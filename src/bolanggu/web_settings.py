"""Settings of the web: middleware, templates, languages, static files, cookies. Nothing heavy is imported here.

``BOLANGGU_SERVING=1`` (set by ``bolanggu serve``) serves the gathered static files under names that carry their hash.
``BOLANGGU_BEHIND_TLS=1`` says that a proxy ends TLS in front and sets ``X-Forwarded-Proto`` and ``X-Forwarded-For``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_SERVING = bool(os.environ.get("BOLANGGU_SERVING"))
_BEHIND_TLS = bool(os.environ.get("BOLANGGU_BEHIND_TLS"))
_YEAR = 365 * 24 * 3600

#: codes of the screens' languages, with their own names
LANGUAGES = [
    ("zh-hans", "中文"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("ar", "العربية"),
]

APPLICATIONS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "bolanggu.interfaces.uploads",
    "bolanggu.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bolanggu.interfaces.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bolanggu.interfaces.web.middleware.ActorMiddleware",
]

_PROCESSORS = [
    "django.template.context_processors.request",
    "bolanggu.interfaces.web.context.of_every_page",
]


def web(home: Path) -> dict[str, Any]:
    """Give the settings of the web for an installation whose data lie in ``home``; `settings` takes them over."""
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "ROOT_URLCONF": "bolanggu.interfaces.web.urls",
        "MIDDLEWARE": [name for name in MIDDLEWARE if _SERVING or not name.startswith("whitenoise")],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": _PROCESSORS},
            }
        ],
        "LANGUAGES": LANGUAGES,
        "LOCALE_PATHS": [home / "locale"],
        "USE_I18N": True,
        "LANGUAGE_COOKIE_NAME": "language",
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LOGIN_URL": "/sign-in/",
        "LOGIN_REDIRECT_URL": "/start/",
        "STATIC_URL": "/static/",
        "STATIC_ROOT": home / "static",
        "STATICFILES_DIRS": [],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": storage if _SERVING else plain},
        },
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": _BEHIND_TLS,
        "CSRF_COOKIE_SECURE": _BEHIND_TLS,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_FAILURE_VIEW": "bolanggu.interfaces.web.refusals.csrf",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None,
        "SECURE_SSL_REDIRECT": _BEHIND_TLS,
        "SECURE_HSTS_SECONDS": _YEAR if _BEHIND_TLS else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": _BEHIND_TLS,
        "SECURE_REFERRER_POLICY": "same-origin",
        "PASSWORD_RESET_TIMEOUT": 24 * 3600,
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 12 * 1024 * 1024,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 12 * 1024 * 1024,
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"stderr": {"class": "logging.StreamHandler"}},
            "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
        },
    }
