"""Acts of tracking: capture events of our own, documents of others, and subscriptions to what comes."""

from bolanggu.market.tracking.happening import Happening
from bolanggu.market.tracking.services.capture import capture
from bolanggu.market.tracking.services.documents import capture_dcsa, capture_epcis
from bolanggu.market.tracking.services.subscriptions import acknowledge, subscribe, unsubscribe

__all__ = [
    "Happening",
    "acknowledge",
    "capture",
    "capture_dcsa",
    "capture_epcis",
    "subscribe",
    "unsubscribe",
]
