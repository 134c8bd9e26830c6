"""Acts of settlement, one file an act."""

from bolanggu.market.settlement.services.advance import advance, repay_funder
from bolanggu.market.settlement.services.allocate import allocate
from bolanggu.market.settlement.services.charge import charge, pay_suppliers
from bolanggu.market.settlement.services.collect import collect, take_commission
from bolanggu.market.settlement.services.convert import convert
from bolanggu.market.settlement.services.decide_unmatched import convert_unmatched, return_unmatched
from bolanggu.market.settlement.services.extend_credit import extend_credit
from bolanggu.market.settlement.services.hold_payouts import hold_payouts, release_payouts
from bolanggu.market.settlement.services.open_trade_accounts import open_trade_accounts
from bolanggu.market.settlement.services.pay_claim import pay_claim, return_surplus
from bolanggu.market.settlement.services.pay_out import pay_out
from bolanggu.market.settlement.services.plan import plan
from bolanggu.market.settlement.services.read_statement import explain_again, read_statement
from bolanggu.market.settlement.services.receive import receive
from bolanggu.market.settlement.services.refund import refund, return_to_buyer
from bolanggu.market.settlement.services.revise import revise
from bolanggu.market.settlement.services.take_in import take_in
from bolanggu.market.settlement.services.write_payout_file import write_payout_file

__all__ = [
    "advance",
    "allocate",
    "charge",
    "collect",
    "convert",
    "convert_unmatched",
    "explain_again",
    "extend_credit",
    "hold_payouts",
    "open_trade_accounts",
    "pay_claim",
    "pay_out",
    "pay_suppliers",
    "plan",
    "read_statement",
    "receive",
    "refund",
    "release_payouts",
    "repay_funder",
    "return_surplus",
    "return_to_buyer",
    "return_unmatched",
    "revise",
    "take_commission",
    "take_in",
    "write_payout_file",
]
