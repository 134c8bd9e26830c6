"""Clocks (办理时限): deadlines counted in the open minutes of a working calendar, with pauses and their cap.

>>> from datetime import datetime
>>> from bolanggu.engines.clocks import Calendar, due
>>> office = Calendar(week="12345", hours="08:30-12:00;13:30-17:30")
>>> due(datetime(2026, 3, 6, 17, 15), 30, office).isoformat(timespec="minutes")
'2026-03-09T08:45'
"""

from bolanggu.engines.clocks.calendar import Calendar
from bolanggu.engines.clocks.clock import NeverDue, due

__all__ = ["Calendar", "NeverDue", "due"]
