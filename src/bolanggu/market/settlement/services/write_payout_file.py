"""Write payouts into a file for the bank (pain.001 付款文件), each payout into one file and no other."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from bolanggu.market.settlement import events
from bolanggu.market.settlement.bank import pain, structure
from bolanggu.market.settlement.models import Payout, PayoutFile, PayoutFiled
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.money import Money


class PayoutFileDiffers(ValueError):
    """A file with this number stands, for other payouts."""

    code = "payout_file_differs"


class PayoutFiledBefore(ValueError):
    """A payout stands in another file; the bank would pay it twice."""

    code = "payout_filed_before"


class UnknownPayout(LookupError):
    """No payout of this number stands."""

    code = "unknown_payout"


class AccountMissing(LookupError):
    """A merchant whose bank account is not known."""

    code = "account_missing"


@requires("payment", "pay_out")
@transaction.atomic
def write_payout_file(
    *,
    by: Actor,
    at: datetime,
    number: str,
    payouts: Collection[str],
    pay_on: date,
    debtor: pain.Account,
    accounts: Mapping[str, pain.Account],
) -> PayoutFile:
    """Write payouts of one currency as pain.001; the same number again returns the file that stands, byte for byte.

    ``accounts`` are those of the merchants by number. The end-to-end id of a payment is its payout's transfer id, by
    which the bank's statement finds it again.

    Raises
    ------
    PayoutFileDiffers, PayoutFiledBefore, UnknownPayout, AccountMissing
        See the errors.
    Fault
        Something cannot be written so that a bank takes it.
    """
    rows = _payouts(payouts)
    standing = PayoutFile.objects.filter(number=number).first()
    if standing is not None:
        stands = set(standing.payouts.values_list("payout__number", flat=True))
        if stands != set(payouts):
            raise PayoutFileDiffers(f"file {number} stands with {len(stands)} other payouts; number it anew")
        return standing
    for filed in PayoutFiled.objects.filter(payout__in=rows).select_related("file", "payout"):
        raise PayoutFiledBefore(f"payout {filed.payout.number} stands in file {filed.file.number}")
    content = pain.write(number, at, pay_on, debtor, [_order(row, accounts) for row in rows])
    assert not structure.faults(content), structure.faults(content)
    made = PayoutFile.objects.create(
        number=number,
        currency=rows[0].currency,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content.decode(),
        source=by.source.value,
        stated_at=at,
    )
    PayoutFiled.objects.bulk_create([PayoutFiled(file=made, payout=row) for row in rows], batch_size=500)
    facts = {"payouts": len(rows), "currency": made.currency, "sha256": made.sha256}
    outbox.write(kind=events.FILE_WRITTEN, subject=number, at=at, by=by, payload=facts)
    return made


def _payouts(numbers: Collection[str]) -> Sequence[Payout]:
    rows = list(
        Payout.objects.select_for_update(of=("self",))
        .filter(number__in=list(numbers))
        .select_related("order")
        .order_by("number")
    )
    if missing := set(numbers) - {row.number for row in rows}:
        raise UnknownPayout(f"no payout {', '.join(sorted(missing))} stands")
    return rows


def _order(row: Payout, accounts: Mapping[str, pain.Account]) -> pain.Order:
    account = accounts.get(row.order.merchant)
    if account is None:
        raise AccountMissing(f"the bank account of merchant {row.order.merchant} is not known; payout {row.number}")
    return pain.Order(row.transfer.hex, account, Money(row.currency, row.minor), row.number)
