"""The WSGI application that the server runs."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolanggu.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
