"""Whose (归属): which trades, orders, boxes and declarations an actor may see. One place, one query each.

A trade is seen by its buyer, by the parties of its engagement, by those who play a role in it (agent, warehouse,
forwarder, broker, carrier) while they act in that role, and by whoever handed its list in. An order is seen by its
merchant too. A box is seen by all who have cartons in it, each its own share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from bolanggu.interfaces.access.needs import NotYours
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.market.consolidation.models import LoadPlan, Share
from bolanggu.market.customs.models import Declaration, ItemSource
from bolanggu.market.orders.models import Order, OrderGroup, OrderLine
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.accounts.grants import Actor, over
from bolanggu.trade.models import Trade

_TRADE = re.compile(r"(T[A-Z2-7]{10})(?:-|$)")
#: roles that a trade gives to parties of the city when it opens
CAST = frozenset({"agent", "warehouse", "forwarder", "broker", "carrier"})
_ROLES = ("principal", "agent", "buyer_of_record", "operator_1039", "consignee", "notify_party", "payee", "funder")


def trades(actor: Actor) -> QuerySet[Trade]:
    """Trades the actor may see."""
    reach = over(actor, "trade", "read")
    if actor.everywhere or reach is None:
        return Trade.objects.all()
    mine = Q(number__in=Upload.objects.filter(_handed_in_by(actor)).values("trade"))
    mine |= _taking_part(actor.parties, CAST & actor.roles)
    mine |= _taking_part(reach - actor.parties, CAST)
    return Trade.objects.filter(mine)


def _taking_part(parties: frozenset[str], cast: frozenset[str]) -> Q:
    """Trades in which one of the parties is the buyer, is engaged, or plays one of the roles of the cast."""
    if not parties:
        return Q(pk__in=[])
    engaged = Q()
    for role in _ROLES:
        engaged |= Q(**{f"engagement__{role}__number__in": parties})
    mine = Q(buyer__number__in=parties) | Q(number__in=OrderGroup.objects.filter(engaged).values("number"))
    for role in cast:
        mine |= Q(**{f"cast__{role}__in": sorted(parties)})
    return mine


def uploads(actor: Actor) -> QuerySet[Upload]:
    """Lists handed in that the actor may see."""
    return Upload.objects.all() if actor.everywhere else Upload.objects.filter(_handed_in_by(actor))


def _handed_in_by(actor: Actor) -> Q:
    return Q(by=actor.name) | (Q(party__in=actor.parties) & ~Q(party=""))


def trade(actor: Actor, number: str) -> Trade:
    """One trade the actor may see, or NotYours."""
    found = trades(actor).filter(number=number).select_related("buyer").first()
    if found is None:
        raise NotYours(f"there is no trade {number} among yours")
    return found


def order(actor: Actor, number: str, action: str = "read") -> Order:
    """One order: of the merchant it acts for, or, to read it, of a trade the actor may see; or NotYours."""
    found = Order.objects.filter(number=number).select_related("merchant", "group").first()
    reach = over(actor, "order", action)
    if found is not None and (reach is None or found.merchant.number in reach):
        return found
    if found is None or action != "read" or not trades(actor).filter(number=found.group.number).exists():
        raise NotYours(f"there is no order {number} among yours")
    return found


def orders_of_merchant(actor: Actor) -> QuerySet[Order]:
    """Orders of the merchants an actor acts for, the newest first."""
    reach = over(actor, "order", "confirm")
    mine = Order.objects.all() if reach is None else Order.objects.filter(merchant__number__in=reach)
    return mine.order_by("-placed_at", "number")


def cartons(actor: Actor) -> QuerySet[Carton]:
    """Cartons of the trades an actor may see, and of the orders of the merchants it acts for."""
    if actor.everywhere:
        return Carton.objects.all()
    mine = Q(trade__in=trades(actor).values("number"))
    if "merchant" in actor.roles:
        mine |= Q(order__in=orders_of_merchant(actor).values("number"))
    return Carton.objects.filter(mine)


def carton(actor: Actor, sscc: str) -> Carton:
    """One carton the actor may see, or NotYours."""
    found = cartons(actor).filter(sscc=sscc).first()
    if found is None:
        raise NotYours(f"there is no carton {sscc} among yours")
    return found


def box(actor: Actor, number: str) -> tuple[LoadPlan, list[Share]]:
    """One planned box in its newest version, with the shares the actor may see (at least one), or NotYours."""
    plan = LoadPlan.objects.filter(number=number).order_by("-version").first()
    shares = list(plan.shares.order_by("trade")) if plan else []
    if plan is not None and actor.everywhere:
        return plan, shares
    visible = set(trades(actor).filter(number__in=[s.trade for s in shares]).values_list("number", flat=True))
    seen = [share for share in shares if share.trade in visible]
    if plan is None or not seen:
        raise NotYours(f"there is no box {number} among yours")
    return plan, seen


def declarations(actor: Actor) -> QuerySet[Declaration]:
    """Standing declarations in which a trade that the actor may see has goods."""
    standing = Declaration.objects.filter(superseded=False)
    if actor.everywhere:
        return standing
    mine = trades(actor).values("number")
    lines = OrderLine.objects.filter(order__group__number__in=mine).values("line")
    holding = ItemSource.objects.filter(line__in=lines).values("item__declaration")
    return standing.filter(Q(trade__in=mine) | Q(pk__in=holding))


def declaration(actor: Actor, number: str) -> Declaration:
    """The standing version of one such declaration, or NotYours."""
    found = declarations(actor).filter(number=number).first()
    if found is None:
        raise NotYours(f"there is no declaration {number} among yours")
    return found


def trades_in(actor: Actor, declared: Declaration) -> list[str]:
    """Numbers of the trades with goods in a declaration that the actor may see."""
    lines = ItemSource.objects.filter(item__declaration=declared).values("line")
    numbers = OrderLine.objects.filter(line__in=lines).values("order__group__number")
    seen = trades(actor).filter(Q(number__in=numbers) | Q(number=declared.trade))
    return list(seen.order_by("number").values_list("number", flat=True))


def hidden(actor: Actor, ids: Iterable[str]) -> set[str]:
    """Those of the ids that belong to trades the actor may not see. An id of no single trade is not hidden."""
    if actor.everywhere:
        return set()
    belongs = trade_of(ids)
    wanted = sorted(set(belongs.values()))
    seen: set[str] = set()
    for start in range(0, len(wanted), 500):
        seen |= set(trades(actor).filter(number__in=wanted[start : start + 500]).values_list("number", flat=True))
    return {thing for thing, of in belongs.items() if of not in seen}


def trade_of(ids: Iterable[str]) -> dict[str, str]:
    """The trade each id belongs to, where it belongs to one: by its first part, or by the carton's record."""
    found: dict[str, str] = {}
    cartons: list[str] = []
    for thing in ids:
        if told := _TRADE.match(thing):
            found[thing] = told[1]
        elif len(thing) == 18 and thing.isdigit():
            cartons.append(thing)
    for start in range(0, len(cartons), 500):
        rows = Carton.objects.filter(sscc__in=cartons[start : start + 500]).values_list("sscc", "trade")
        found.update(rows)
    return found


def deliveries(actor: Actor) -> QuerySet[Order]:
    """Placed and confirmed orders of the trades whose goods come to the actor's warehouse."""
    standing = (Order.State.PLACED, Order.State.CONFIRMED)
    return Order.objects.filter(group__number__in=trades(actor).values("number"), state__in=standing)


def delivery(actor: Actor, number: str) -> Order:
    """One order whose goods come to the actor's warehouse, or NotYours. Says nothing of its prices."""
    found = deliveries(actor).filter(number=number).select_related("group").first()
    if found is None:
        raise NotYours(f"no delivery of order {number} is expected by you")
    return found
