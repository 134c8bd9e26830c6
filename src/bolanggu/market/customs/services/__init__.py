"""Acts on declarations: draft, send, inspect, release, settle, exempt, amend – one a file."""

from bolanggu.market.customs.services.amend import amend
from bolanggu.market.customs.services.draft import draft
from bolanggu.market.customs.services.steps import close, exempt, inspect, release, send, settle

__all__ = ["amend", "close", "draft", "exempt", "inspect", "release", "send", "settle"]
