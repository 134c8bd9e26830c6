"""A home in the middle of its work, for journeys: orders to confirm, goods to receive, a declaration to send.

Run as a program in that home. Trade one is done but for what people are to do; trade two has its deposit in.
Prints the numbers that the journeys need, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

from bolanggu.interfaces.cli.django_setup import start

PASSWORD = "a long enough password"
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def people(cast: dict[str, dict[str, str]], buyer: str, merchants: list[str]) -> None:
    """One user for each role, over the parties of both trades."""
    from bolanggu.platform.accounts.grants import Actor
    from bolanggu.platform.accounts.services import give, register_user

    operator = Actor("operator", frozenset({"market_operator"}), everywhere=True)

    def person(name: str, role: str, parties: list[str], *, everywhere: bool = False) -> None:
        user = register_user(by=operator, at=AT, name=name)
        user.set_password(PASSWORD)
        user.save()
        for party in dict.fromkeys(parties):
            give(by=operator, at=AT, name=name, role=role, party=party, everywhere=everywhere)

    for name, role in (("wang", "warehouse"), ("bo", "broker"), ("ana", "agent")):
        person(name, role, [one[role] for one in cast.values()])
    person("bea", "buyer", [buyer])
    person("lin", "merchant", merchants)
    person("fay", "finance", [""], everywhere=True)
    person("ole", "officer", [""], everywhere=True)


def main() -> None:
    """Turn back what the simulated world did for the people, so that they do it."""
    start()
    from bolanggu.market.customs.models import Declaration
    from bolanggu.market.orders.models import Order
    from bolanggu.market.production.models import ProductionTask
    from bolanggu.trade.models import Trade

    done, begun = Trade.objects.order_by("pk")
    people({one.number: one.cast for one in (done, begun)}, done.buyer.number, _merchants(done, begun))
    waiting = Order.objects.filter(group__number=begun.number).order_by("number")
    for order in waiting:
        for line in order.lines.all():
            ProductionTask.objects.create(
                line=line.line, order=order.number, pieces=line.quantity, started_at=AT, source="simulated",
                promised_at=AT + timedelta(days=5), stated_at=AT,
            )  # fmt: skip
    first = waiting.first()
    Order.objects.filter(pk=first.pk).update(state="placed", confirmed_at=None)
    declaration = Declaration.objects.filter(trade=done.number).order_by("number").first()
    Declaration.objects.filter(pk=declaration.pk).update(state="loaded")
    sys.stdout.write(json.dumps({"done": done.number, "order": first.number, "declaration": declaration.number}))


def _merchants(*trades: object) -> list[str]:
    from bolanggu.market.orders.models import Order

    found = Order.objects.filter(group__number__in=[one.number for one in trades])
    return sorted(set(found.values_list("merchant__number", flat=True)))


if __name__ == "__main__":
    main()
