"""Acts on declarations: draft, send, inspect, conclude, release, settle, exempt, close, amend."""

from bolanggu.market.customs.services.amend import amend
from bolanggu.market.customs.services.draft import draft
from bolanggu.market.customs.services.inspections import conclude, inspect
from bolanggu.market.customs.services.steps import close, exempt, release, send, settle
from bolanggu.market.customs.services.withdraw import withdraw

__all__ = ["amend", "close", "conclude", "draft", "exempt", "inspect", "release", "send", "settle", "withdraw"]
