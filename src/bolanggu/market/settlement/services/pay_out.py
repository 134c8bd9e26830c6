"""Pay merchants what is theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.models import Advance, Allocation, Charge, Payout, PayoutHold, PlanOrder, Refund
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Transfer, key
from bolanggu.platform.ledger.services import post_all


@dataclass(frozen=True, slots=True)
class Cover:
    """What allows a payout of an order, minor units of its currency."""

    allocated: int
    refunded: int
    commission: int
    charged: int
    advanced: int
    earlier: int
    held: int = 0

    @property
    def payable(self) -> int:
        """Allocated less refunds, commission and charges, with the funder's advance, less what was paid or is held."""
        due = self.allocated - self.refunded - self.commission - self.charged + self.advanced - self.earlier
        return due - self.held


@requires("payment", "pay_out")
@transaction.atomic
def pay_out(*, by: Actor, at: datetime, group: str, orders: Collection[str] | None = None) -> list[Payout]:
    """Pay each merchant what her orders allow; nothing where nothing is left. Returns the payouts made now.

    A payout never exceeds what was allocated less refunds, commission and charges, with a named funder's advance. What
    a dispute holds stays where it is.

    Raises
    ------
    NotPosted
        The bank account in the order's currency does not hold enough: convert first.
    """
    wanted = orders_of(plan_of(group, lock=True), orders)
    covers = covers_of(wanted)
    counts = {o.pk: 0 for o in wanted} | dict(
        Payout.objects.filter(order__in=wanted).values_list("order").annotate(n=Sum(1))
    )
    rows = [
        _payout(order, covers[order.pk], counts[order.pk] + 1, by, at)
        for order in wanted
        if covers[order.pk].payable > 0
    ]
    post_all(by=by, at=at, batch=[_transfer(row) for row in rows])
    made = Payout.objects.bulk_create(rows, batch_size=500)
    outbox.write_many(
        [outbox.Notice(events.PAID_OUT, p.number, {"currency": p.currency, "minor": p.minor}) for p in made],
        at=at,
        by=by,
    )
    return made


def covers_of(orders: Collection[PlanOrder]) -> dict[int, Cover]:
    """What allows a payout, by the primary key of each order."""

    def sums(model: type, **what: object) -> dict[int, int]:
        rows = model.objects.filter(order__in=orders)  # type: ignore[attr-defined]
        return dict(rows.values_list("order").annotate(**what))

    allocated = sums(Allocation, total=Sum("minor"))
    refunded = sums(Refund, total=Sum("minor"))
    charged = sums(Charge, total=Sum("due_minor"))
    advanced = sums(Advance, total=Sum(F("minor") - F("recovered_minor")))
    earlier = sums(Payout, total=Sum("minor"))
    holds = PayoutHold.objects.filter(order__in=orders, released_at=None)
    held = dict(holds.values_list("order").annotate(total=Sum(Coalesce("minor", F("order__minor")))))
    return {
        o.pk: Cover(
            allocated.get(o.pk, 0),
            refunded.get(o.pk, 0),
            o.commission_minor,
            charged.get(o.pk, 0),
            advanced.get(o.pk, 0),
            earlier.get(o.pk, 0),
            held.get(o.pk, 0),
        )
        for o in orders
    }


def _payout(order: PlanOrder, cover: Cover, count: int, by: Actor, at: datetime) -> Payout:
    number = f"{order.order}-P{count}"
    return Payout(
        number=number,
        order=order,
        currency=order.currency,
        minor=cover.payable,
        allocated_minor=cover.allocated,
        refunded_minor=cover.refunded,
        commission_minor=cover.commission,
        charged_minor=cover.charged,
        advanced_minor=cover.advanced,
        earlier_minor=cover.earlier,
        transfer=key("payout", number),
        source=by.source.value,
        stated_at=at,
    )


def _transfer(row: Payout) -> Transfer:
    return Transfer(
        id=row.transfer,
        debit=accounts.payable(row.order.merchant, row.currency),
        credit=accounts.bank(row.currency),
        amount=row.minor,
        currency=row.currency,
        purpose="payout",
        ref=row.order.order,
    )
