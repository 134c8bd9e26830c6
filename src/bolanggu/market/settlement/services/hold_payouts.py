"""Hold back what would be paid out for an order while a dispute runs (争议期间暂停付款), and let it go again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import events
from bolanggu.market.settlement.models import PayoutHold
from bolanggu.market.settlement.selectors import orders_of, plan_of
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class UnknownOrder(LookupError):
    """The group has no such order."""

    code = "unknown_order"


class HoldDiffers(ValueError):
    """A hold with this number stands, for another order or amount."""

    code = "hold_differs"


class UnknownHold(LookupError):
    """No hold of this number stands on the group's payouts."""

    code = "unknown_hold"


@requires("payment", "hold")
@transaction.atomic
def hold_payouts(
    *, by: Actor, at: datetime, group: str, number: str, order: str, reason: str, minor: int | None = None
) -> PayoutHold:
    """Hold ``minor`` of what an order may be paid out (None: all of it) under the number of the dispute.

    Money stays in the merchant's account; `pay_out` leaves it there until `release_payouts`. The same number again
    returns the hold that stands, released or not.

    Raises
    ------
    UnknownOrder, HoldDiffers
        See the errors.
    """
    plan = plan_of(group, lock=True)
    rows = orders_of(plan, [order])
    if not rows:
        raise UnknownOrder(f"order {order} is not in the plan of {group}")
    made, fresh = PayoutHold.objects.get_or_create(
        number=number,
        defaults={"order": rows[0], "reason": reason, "minor": minor, "source": by.source.value, "stated_at": at},
    )
    if (made.order_id, made.minor) != (rows[0].pk, minor):
        raise HoldDiffers(f"hold {number} stands on {made.order.order} with {made.minor or 'all'}; number it anew")
    if fresh:
        facts = {"hold": number, "reason": reason, "minor": minor, "currency": rows[0].currency}
        outbox.write(kind=events.PAYOUT_HELD, subject=order, at=at, by=by, payload=facts)
    return made


@requires("payment", "hold")
@transaction.atomic
def release_payouts(*, by: Actor, at: datetime, group: str, number: str) -> bool:
    """End a hold; False if it was ended before.

    Raises
    ------
    UnknownHold
        See the error.
    """
    plan = plan_of(group, lock=True)
    hold = PayoutHold.objects.filter(number=number, order__plan=plan).select_related("order").first()
    if hold is None:
        raise UnknownHold(f"no hold {number} stands on payouts of {group}")
    if hold.released_at is not None:
        return False
    hold.released_at = at
    hold.save(update_fields=["released_at"])
    outbox.write(kind=events.PAYOUT_RELEASED, subject=hold.order.order, at=at, by=by, payload={"hold": number})
    return True
