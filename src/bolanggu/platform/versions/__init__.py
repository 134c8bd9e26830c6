"""Versions (版本): a changed fact is a new version; the versions before it stay readable, with reason and source."""

from bolanggu.platform.versions.keeping import Version, current, history, supersede

__all__ = ["Version", "current", "history", "supersede"]
