"""Outbox (事件箱): notice of deeds, written in the same transaction, read by name and position.

An event is an entry of the journal's stream ``event``; a reader keeps its own position.
"""

from bolanggu.platform.outbox.writing import Notice, gathered, write, write_many

__all__ = ["Notice", "gathered", "write", "write_many"]
