"""Offers of acts: those that an actor may do to a trade, narrowed to the thing that a page is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.words import word
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.changes.act import Act
from bolanggu.trade.changes.table import ACTS


@dataclass(frozen=True, slots=True)
class Offered:
    """One act that may be done: its words, what it says of itself, and where its form is."""

    name: str
    title: str
    says: str
    url: str


def known() -> Mapping[str, Act[...]]:
    """Every act by name."""
    return ACTS


def title_of(act: Act[...]) -> str:
    """The act's title in the reader's language, or in English where there is no word for it."""
    said = word(act.name, "act")
    return act.title if said == act.name else said


def of_trade(
    actor: Actor, number: str, given: Mapping[str, str] | None = None, things: Collection[str] = ()
) -> list[Offered]:
    """Acts that the actor may do to a trade.

    Parameters
    ----------
    given
        What the page is about, by the name of an act's field; only acts that take one of them are offered then, and
        their forms are filled in with it where it is not empty.
    things
        Only acts on these things; empty for all.
    """
    found = []
    for act in known().values():
        if not may(actor, act.thing, act.action) or (things and act.thing not in things):
            continue
        fits = {field.name: given[field.name] for field in act.fields if given and field.name in given}
        if given and not fits:
            continue
        found.append(_offered(act, number, {name: value for name, value in fits.items() if value}))
    return sorted(found, key=lambda one: one.title)


def _offered(act: Act[...], number: str, fits: Mapping[str, str]) -> Offered:
    url = reverse("act", args=[number, act.name])
    return Offered(act.name, title_of(act), act.says, f"{url}?{urlencode(fits)}" if fits else url)


def may_act_in(actor: Actor, number: str) -> bool:
    """True if the trade is one the actor may see, or in which it sells."""
    if whose.trades(actor).filter(number=number).exists():
        return True
    return "merchant" in actor.roles and whose.orders_of_merchant(actor).filter(group__number=number).exists()


def facts(act: Act[...]) -> dict[str, Any]:
    """Words of an act for its page."""
    return {"name": act.name, "title": title_of(act), "says": act.says}
