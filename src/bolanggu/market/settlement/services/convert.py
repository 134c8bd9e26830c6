"""Convert at the bank (结汇): square what was sold and bought at the frozen rates, once a trade record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import link
from bolanggu.market.settlement.inputs import TradeRecord
from bolanggu.market.settlement.models import BankDeal, PaymentPlan, Position, UsedRecord
from bolanggu.market.settlement.rates import Rates
from bolanggu.market.settlement.selectors import plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import post_all
from bolanggu.values.money import Money, Rate


class RecordUsed(ValueError):
    """A trade record that foreign money was settled on before (Huifa 11 of 2020: no second use)."""

    code = "record_used"


class ReceiptsExceedRecords(ValueError):
    """More foreign money than the trade records are worth with tolerance (Huifa 11 of 2020)."""

    code = "receipts_exceed_records"


@requires("payment", "convert")
@transaction.atomic
def convert(
    *,
    by: Actor,
    at: datetime,
    group: str,
    rates: Rates,
    records: Sequence[TradeRecord] = (),
    beside: Sequence[Money] = (),
    tolerance_bp: int = 0,
) -> list[BankDeal]:
    """Deal with the bank for every position of a group that is not squared yet, one deal a pair of currencies.

    The difference between the frozen parity and ``rates`` is a gain or loss with its own account. ``records`` are
    the trade records of market procurement (1039) that the money is settled on; ``beside`` is what the same money
    pays for outside of them: goods declared by another mode, and goods that were left behind.

    Raises
    ------
    RecordUsed, ReceiptsExceedRecords
        See the errors.
    NotPosted
        The bank account sold from does not hold enough: receive and collect first.
    """
    plan = plan_of(group, lock=True)
    open_ = list(plan.positions.select_for_update().filter(deal=None).order_by("number"))
    if not open_:
        return []
    _permitted(plan, open_, records, beside, rates, tolerance_bp)
    pairs: dict[tuple[str, str], list[Position]] = {}
    for position in open_:
        pairs.setdefault((position.sold, position.bought), []).append(position)
    number = plan.deals.count()
    in_order = sorted(pairs.items(), key=lambda item: (_rank(plan, item[1]), item[0]))
    made = [
        deal(plan, f"{group}-FX{number + i}", positions, rates.between(*pair), by=by, at=at)
        for i, (pair, positions) in enumerate(in_order, 1)
    ]
    hers = next((deal for deal in made if deal.sold == plan.currency), made[0])
    UsedRecord.objects.bulk_create([UsedRecord(record=r.number, deal=hers) for r in records])
    return made


def _rank(plan: PaymentPlan, positions: Sequence[Position]) -> int:
    """Receipts in other currencies bring the buyer's money, which is sold next; the rest is sold out of that."""
    if all(position.what == "receipt" for position in positions):
        return 0
    return 1 if positions[0].sold == plan.currency else 2


def _permitted(
    plan: PaymentPlan,
    positions: Sequence[Position],
    records: Sequence[TradeRecord],
    beside: Sequence[Money],
    rates: Rates,
    tolerance_bp: int,
) -> None:
    if not records:
        return
    used = UsedRecord.objects.filter(record__in=[r.number for r in records]).values_list("record", "deal__number")
    for record, deal in used:
        raise RecordUsed(f"trade record {record} was used by {deal}; each record settles once")
    worth = sum(_in(plan.currency, Money(r.currency, r.minor), rates) for r in records)
    other = sum(_in(plan.currency, amount, rates) for amount in beside)
    most = (worth + other) * (10000 + tolerance_bp) // 10000
    sold = sum(p.sold_minor for p in positions if p.what == "goods" and p.sold == plan.currency)
    if sold > most:
        raise ReceiptsExceedRecords(
            f"{plan.currency} {sold} minor units for {plan.group} exceed its trade records: {worth}, "
            f"other titles: {other}, at most {most}"
        )


def _in(currency: str, amount: Money, rates: Rates) -> int:
    if amount.currency == currency:
        return amount.minor
    return rates.between(amount.currency, currency).convert(amount).minor


def deal(
    plan: PaymentPlan, number: str, positions: Sequence[Position], rate: Rate, *, by: Actor, at: datetime
) -> BankDeal:
    """Square positions of one pair of currencies at the bank, at ``rate``; the difference is a gain or loss."""
    sold = Money(rate.base, sum(p.sold_minor for p in positions))
    got = rate.convert(sold)
    profit = got.minor - sum(p.bought_minor for p in positions)
    post_all(by=by, at=at, batch=_transfers(plan.group, number, sold, got, profit))
    made = BankDeal.objects.create(
        number=number,
        plan=plan,
        sold=sold.currency,
        sold_minor=sold.minor,
        bought=got.currency,
        bought_minor=got.minor,
        numerator=rate.numerator,
        denominator=rate.denominator,
        date=rate.date,
        rate_source=rate.source,
        gain_minor=profit,
        source=by.source.value,
        stated_at=at,
    )
    Position.objects.filter(pk__in=[p.pk for p in positions]).update(deal=made)
    facts = {"sold": str(sold), "bought": str(got), "gain_minor": profit, "rate_date": rate.date}
    outbox.write(kind=events.CONVERTED, subject=number, at=at, by=by, payload=facts)
    return made


def _transfers(group: str, number: str, sold: Money, got: Money, profit: int) -> list[Transfer]:
    pool, gain = accounts.liquidity(got.currency), accounts.gain(got.currency)
    legs = [
        ("sell", accounts.liquidity(sold.currency), accounts.bank(sold.currency), sold),
        ("buy", accounts.bank(got.currency), pool, got),
        ("gain", *((pool, gain) if profit > 0 else (gain, pool)), Money(got.currency, abs(profit))),
    ]
    return link(
        [
            Transfer(
                id=key("deal", number, part),
                debit=debit,
                credit=credit,
                amount=amount.minor,
                currency=amount.currency,
                purpose=f"fx_{part}",
                ref=group,
            )
            for part, debit, credit, amount in legs
            if amount.minor
        ]
    )
