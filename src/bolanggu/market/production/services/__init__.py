"""Acts of production, one file an act: start what is paid for, finish it, cancel it; inspect the goods."""

from bolanggu.market.production.services.cancel import cancel
from bolanggu.market.production.services.finish import finish
from bolanggu.market.production.services.inspect import BadSample, inspect
from bolanggu.market.production.services.start import DepositGate, DepositMissing, Work, start

__all__ = ["BadSample", "DepositGate", "DepositMissing", "Work", "cancel", "finish", "inspect", "start"]
