"""Allocate the buyer's money to order lines: the held deposits, then the balance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F

from bolanggu.market.settlement import accounts, events
from bolanggu.market.settlement.exchange import Move, Quoted, arrival, chain, link
from bolanggu.market.settlement.models import Advance, Allocation, PaymentPlan, PlanOrder, Position
from bolanggu.market.settlement.selectors import deposit_hold, is_deposit_held, orders_of, plan_of, quotes
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger import Code, Transfer, key
from bolanggu.platform.ledger.services import post_all
from bolanggu.platform.lineage import Edge
from bolanggu.values.money import Money

Stage = Literal["deposit", "balance"]


class DepositNotHeld(ValueError):
    """A deposit was to be released that is not held."""

    code = "deposit_not_held"


@dataclass(frozen=True, slots=True)
class _Paid:
    """What one order gets at one stage: sold in the buyer's currency, delivered in the order's, line by line."""

    order: PlanOrder
    move: Move
    sold: Money
    delivered: Money
    lines: tuple[tuple[str, int], ...]


@requires("payment", "allocate")
@transaction.atomic
def allocate(
    *, by: Actor, at: datetime, group: str, stage: Stage, orders: Collection[str] | None = None
) -> list[Allocation]:
    """Bring the deposit or the balance of orders to their merchants, line by line; each stage of an order once.

    A deposit is the posting of its hold; a balance comes from the group's funds. Between currencies the money passes
    through the liquidity accounts at the frozen rate. Outstanding advances of the funder are recovered first.

    Raises
    ------
    DepositNotHeld
        The deposit of an order is not held.
    NotPosted
        The buyer's funds do not cover a balance.
    """
    plan = plan_of(group, lock=True)
    wanted = orders_of(plan, orders)
    done = set(Allocation.objects.filter(order__in=wanted, stage=stage).values_list("order_id", flat=True))
    paid = [_stage(plan, order, stage) for order in wanted if order.pk not in done]
    paid = [each for each in paid if each.sold.minor or each.delivered.minor]
    quoted, recovered = quotes(plan), _Recovery(paid)
    batch: list[Transfer] = []
    first: list[int] = []
    for each in paid:
        legs = chain(each.move, each.sold, each.delivered, quoted.get(each.order.currency))
        first.append(len(batch))
        batch += link([*legs, *recovered.legs(each)])
    codes = post_all(by=by, at=at, batch=batch)
    paid = [each for each, place in zip(paid, first, strict=True) if codes[place] == Code.OK]
    recovered.write()
    _note_positions(plan, paid, quoted)
    made = _write(paid, stage, at)
    _notices(paid, stage, by, at)
    return made


def _stage(plan: PaymentPlan, order: PlanOrder, stage: Stage) -> _Paid:
    deposit = stage == "deposit"
    if deposit and order.deposit_due_minor and not is_deposit_held(order.order):
        raise DepositNotHeld(f"the deposit of order {order.order} is not held; receive the buyer's money first")
    rest = [
        (line.line, line.deposit_minor if deposit else line.minor - line.deposit_minor) for line in order.lines.all()
    ]
    sold = order.deposit_due_minor if deposit else order.due_minor - order.deposit_due_minor
    move = Move(
        (stage, order.order, "paid"),
        accounts.funds(plan.group, plan.currency),
        accounts.payable(order.merchant, order.currency),
        stage,
        order.order,
        hold=deposit_hold(order.order) if deposit and sold else None,
    )
    lines = tuple((line, minor) for line, minor in rest if minor)
    return _Paid(order, move, Money(plan.currency, sold), Money(order.currency, sum(m for _, m in lines)), lines)


class _Recovery:
    """Advances that come back out of what is paid, the oldest first."""

    def __init__(self, paid: Sequence[_Paid]) -> None:
        open_ = Advance.objects.filter(order__in=[p.order for p in paid], recovered_minor__lt=F("minor"))
        self.open: dict[int, list[Advance]] = {}
        for advance in open_.order_by("stated_at", "number"):
            self.open.setdefault(advance.order_id, []).append(advance)
        self.changed: list[Advance] = []

    def legs(self, each: _Paid) -> list[Transfer]:
        """Transfers from the merchant's account back to the funder's receivable."""
        left, made = each.delivered.minor, []
        for advance in self.open.get(each.order.pk, ()):
            back = min(left, advance.minor - advance.recovered_minor)
            if back:
                made.append(
                    Transfer(
                        id=key("recover", advance.number, *each.move.key),
                        debit=each.move.target,
                        credit=accounts.receivable(advance.funder, each.order.currency),
                        amount=back,
                        currency=each.order.currency,
                        purpose="advance_recovered",
                        ref=each.order.order,
                    )
                )
                left -= back
                advance.recovered_minor += back
                self.changed.append(advance)
        return made

    def write(self) -> None:
        """Note what came back."""
        Advance.objects.bulk_update(self.changed, ["recovered_minor"])


def _note_positions(plan: PaymentPlan, paid: Sequence[_Paid], quoted: dict[str, Quoted]) -> None:
    Position.objects.bulk_create(
        [
            Position(
                plan=plan,
                number=":".join(each.move.key),
                what="goods",
                sold=plan.currency,
                sold_minor=each.sold.minor,
                bought=each.order.currency,
                bought_minor=quoted[each.order.currency].parity.inverse().convert(each.sold).minor,
            )
            for each in paid
            if each.order.currency != plan.currency
        ],
        batch_size=500,
    )


def _write(paid: Sequence[_Paid], stage: Stage, at: datetime) -> list[Allocation]:
    rows, edges = [], []
    for each in paid:
        transfer = arrival(each.move)
        for line, minor in each.lines:
            number, currency = f"{line}:{stage}", each.order.currency
            rows.append(
                Allocation(
                    number=number,
                    order=each.order,
                    line=line,
                    stage=stage,
                    minor=minor,
                    currency=currency,
                    transfer=transfer,
                    at=at,
                )
            )
            edges.append(Edge("money", "line", line, "allocation", number, minor=minor, currency=currency))
            edges.append(Edge("money", "allocation", number, "transfer", str(transfer), minor=minor, currency=currency))
    lineage.record(edges)
    return Allocation.objects.bulk_create(rows, batch_size=500)


def _notices(paid: Sequence[_Paid], stage: Stage, by: Actor, at: datetime) -> None:
    notices = []
    for each in paid:
        facts = {"stage": stage, "currency": each.order.currency, "minor": each.delivered.minor}
        notices.append(outbox.Notice(events.ALLOCATED, each.order.order, facts))
    outbox.write_many(notices, at=at, by=by)
