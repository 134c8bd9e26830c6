"""Planted schemes (作案手法): how each one changes the records of the world. Sizes are drawn from faint to gross."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from bolanggu.engines.risk.records import Arrival, Credit, Entry, Item, Operator, Receipt
from bolanggu.engines.risk.world import AWARDS, CAP_CENTS, DENIED, SMALL, START, Draft, check_digit


def _victim(draft: Draft, rng: Random) -> Entry:
    """An honest declaration that no scheme has changed yet."""
    while True:
        entry = rng.choice(draft.entries)
        if entry.number not in draft.schemes:
            return entry


def _scaled(entry: Entry, cents: int) -> dict[str, object]:
    """The declaration at another value, with masses in step."""
    ratio = cents / entry.value_cents
    items = tuple(
        replace(
            item,
            value_cents=max(1, round(item.value_cents * ratio)),
            net_g=max(1, round(item.net_g * ratio)),
            pieces=max(1, round(item.pieces * ratio)),
        )
        for item in entry.items
    )
    return {
        "items": items,
        "value_cents": sum(item.value_cents for item in items),
        "net_g": sum(item.net_g for item in items),
        "gross_g": round((entry.gross_g or 0) * ratio),
        "volume_l": (entry.volume_l or 0) * ratio,
    }


def split(draft: Draft, rng: Random) -> None:
    """One shipment as two or three declarations under the cap."""
    first = _victim(draft, rng)
    vessel = f"{first.vessel}-S{len(draft.entries)}"
    draft.change(first, "split", vessel=vessel, **_scaled(first, round(CAP_CENTS * rng.uniform(0.81, 0.995))))
    for _ in range(rng.randint(1, 2)):
        other = draft.entry(
            rng,
            at=first.at + timedelta(hours=rng.uniform(-60, 60)),
            operator=first.operator,
            buyer=first.buyer,
            buyer_name=first.buyer_name,
            passport=first.passport,
            nationality=first.nationality,
            destination=first.destination,
            vessel=vessel,
        )
        draft.change(other, "split", **_scaled(other, round(CAP_CENTS * rng.uniform(0.81, 0.995))))


def bunch(draft: Draft, rng: Random) -> None:
    """An operator that fills its declarations to just under the cap."""
    operator = rng.choice(draft.operators[20:]).uscc
    for _ in range(rng.randint(6, 12)):
        entry = draft.entry(rng, operator=operator)
        draft.change(entry, "bunch", **_scaled(entry, round(CAP_CENTS * rng.uniform(0.968, 0.9995))))


def misprice(draft: Draft, rng: Random) -> None:
    """Prices raised for an award or lowered for a tax, on most items."""
    entry = _victim(draft, rng)
    factor = rng.uniform(2.5, 8) if rng.random() < 0.5 else 1 / rng.uniform(2.5, 8)
    limit = CAP_CENTS / entry.value_cents
    factor = min(factor, limit) if factor > 1 and limit > 2.5 else (1 / rng.uniform(2.5, 8) if factor > 1 else factor)
    items = tuple(
        replace(item, value_cents=max(1, round(item.value_cents * factor))) if rng.random() < 0.85 else item
        for item in entry.items
    )
    if items != entry.items:
        value = sum(item.value_cents for item in items)
        draft.change(entry, "misprice", items=items, value_cents=value)


def buy_declaration(draft: Draft, rng: Random) -> None:
    """Shell operators that share a phone declare goods nobody ordered, paid or received through them."""
    shells = [f"SH{len(draft.operators) + n:03d}" for n in range(rng.randint(3, 5))]
    for name in shells:
        filed = (START - timedelta(days=rng.uniform(100, 600))).date()
        phone = f"phone-{shells[0]}" if rng.random() < 0.85 else f"phone-{name}"
        draft.operators.append(Operator(name, filed, phone, f"address-{name}", f"ip-{name}"))
        for _ in range(rng.randint(1, 4)):
            entry = draft.entry(rng, operator=name)
            items = tuple(
                replace(
                    item, chain=(item.chain or ())[: rng.choice((0, 0, 1, 2))], supplier=rng.choice(sorted(draft.far))
                )
                for item in entry.items
            )
            draft.change(entry, "buy_declaration", items=items)


def burst(draft: Draft, rng: Random) -> None:
    """A shell filed weeks ago with more volume than the old hands."""
    name = f"NB{len(draft.operators):03d}"
    day = rng.uniform(30, 330)
    filed = START + timedelta(days=day)
    traced = rng.random() < 0.15
    draft.operators.append(Operator(name, filed.date(), f"phone-{name}", f"address-{name}", f"ip-{name}", traced))
    for _ in range(rng.randint(10, 16)):
        entry = draft.entry(rng, operator=name, at=filed + timedelta(days=rng.uniform(3, 30)))
        draft.change(entry, "burst", **_scaled(entry, round(CAP_CENTS * rng.uniform(0.5, 0.95))))


def carousel(draft: Draft, rng: Random) -> None:
    """Goods that come back."""
    entry = _victim(draft, rng)
    draft.change(entry, "carousel")
    for place, item in enumerate(entry.items):
        if place == 0 or rng.random() < 0.7:
            at = entry.at + timedelta(days=rng.uniform(5, 55))
            net = round(item.net_g * rng.uniform(0.997, 1.003))
            draft.arrivals.append(Arrival(f"I{len(draft.arrivals):04d}", at, item.hs10, item.pieces, net))


def launder(draft: Draft, rng: Random) -> None:
    """One payer pays for many buyers."""
    payer = f"X{len(draft.receipts)}"
    for _ in range(rng.randint(3, 6)):
        entry = _victim(draft, rng)
        draft.change(entry, "launder")
        draft.receipts = [
            replace(one, payer=payer, allowed=()) if one.trade_ref == entry.trade_ref else one for one in draft.receipts
        ]


def reuse(draft: Draft, rng: Random) -> None:
    """A trade record declared again, or receipts far above it."""
    entry = _victim(draft, rng)
    if rng.random() < 0.6:
        other = _victim(draft, rng)
        if other.number != entry.number:
            draft.change(entry, "reuse")
            draft.change(other, "reuse", trade_ref=entry.trade_ref)
        return
    draft.change(entry, "reuse")
    for _ in range(2):
        number = f"R{len(draft.receipts)}"
        cents = round(entry.value_cents * rng.uniform(0.4, 0.9))
        draft.receipts.append(Receipt(number, entry.at + timedelta(days=9), entry.trade_ref, entry.buyer, cents))


def bend_physics(draft: Draft, rng: Random) -> None:
    """Masses that the cube or the box does not allow."""
    entry = _victim(draft, rng)
    kind = rng.random()
    if kind < 0.25:
        draft.change(entry, "physics", net_g=round((entry.gross_g or 0) * rng.uniform(1.02, 1.3)))
    elif kind < 0.4:
        draft.change(entry, "physics", payload_g=round((entry.gross_g or 0) * rng.uniform(0.8, 0.98)))
    else:
        factor = rng.uniform(2.0, 5) if rng.random() < 0.5 else 1 / rng.uniform(2.0, 5)
        draft.change(entry, "physics", volume_l=(entry.volume_l or 0) * factor)


def _item_changed(entry: Entry, rng: Random, **stated: object) -> tuple[Item, ...]:
    place = rng.randrange(len(entry.items))
    return tuple(
        replace(item, **stated) if n == place else item  # type: ignore[arg-type]
        for n, item in enumerate(entry.items)
    )


def hide(draft: Draft, rng: Random) -> None:
    """Inspected or dutiable goods hidden in a merged item."""
    draft.change(_victim(draft, rng), "hide", recount_faults=rng.randint(1, 3))


def misclassify(draft: Draft, rng: Random) -> None:
    """A neighbouring code that bears no duty, licence or inspection."""
    entry = _victim(draft, rng)
    changed = _item_changed(entry, rng, likely_hs6="999999", likely=rng.uniform(0.55, 0.98), gain=True)
    draft.change(entry, "misclassify", items=changed)


def brand(draft: Draft, rng: Random) -> None:
    """Branded goods declared as unbranded."""
    entry = _victim(draft, rng)
    draft.change(entry, "brand", items=_item_changed(entry, rng, brand_word="sample brand"))


def danger(draft: Draft, rng: Random) -> None:
    """Batteries or aerosols under a plain name."""
    entry = _victim(draft, rng)
    draft.change(
        entry, "danger", items=_item_changed(entry, rng, danger_word=rng.choice(("battery", "aerosol", "magnet")))
    )


def deny(draft: Draft, rng: Random) -> None:
    """A listed party under a spelling of its own."""
    name = rng.choice(DENIED)
    words = name.split()
    kind = rng.random()
    if kind < 0.4:
        rng.shuffle(words)
        name = ", ".join([words[0].upper(), " ".join(words[1:])])
    elif kind < 0.8:
        place = rng.randrange(2, len(name) - 2)
        name = name[:place] + name[place + 1 :]
    body = f"Q{rng.randint(0, 99_999_999):08d}"
    draft.change(_victim(draft, rng), "deny", buyer_name=name, buyer=f"Q-{body}", passport=body + check_digit(body))


def forge(draft: Draft, rng: Random) -> None:
    """A passport with a wrong check digit, or one passport with several names."""
    entry = _victim(draft, rng)
    if rng.random() < 0.5:
        wrong = str((int(entry.passport[-1]) + rng.randint(1, 9)) % 10)
        draft.change(entry, "forge", passport=entry.passport[:-1] + wrong)
        return
    passport = f"{entry.passport[:-2]}X{entry.passport[-1]}"
    for name in ("First Name Sample", "Second Name Sample"):
        draft.change(_victim(draft, rng), "forge", passport=passport, buyer_name=name)


def con(draft: Draft, rng: Random) -> None:
    """Small prompt payments, then credit of many stalls at once, and away."""
    entry = _victim(draft, rng)
    usual = rng.lognormvariate(11.5, 0.3)
    for n in range(rng.randint(4, 8)):
        at = entry.at - timedelta(days=rng.uniform(70, 200))
        paid = at + timedelta(days=rng.uniform(1, 6))
        draft.credits.append(Credit(f"L-{entry.number}-{n}", entry.buyer, f"S{n:03d}", at, round(usual), paid))
    for n, stall in enumerate(rng.sample(draft.suppliers, rng.randint(8, 16))):
        at = entry.at - timedelta(days=rng.uniform(2, 25))
        cents = round(usual * rng.uniform(5, 20))
        draft.credits.append(Credit(f"M-{entry.number}-{n}", entry.buyer, stall, at, cents))
    draft.change(entry, "con")


def divert(draft: Draft, rng: Random) -> None:
    """Another gate, another seal, a day on the road."""
    entry = _victim(draft, rng)
    changed: dict[str, object] = {"transit_hours": (entry.transit_hours or 0) * rng.uniform(2, 5)}
    if rng.random() < 0.6:
        changed["gate_seal"] = f"SL{rng.randint(0, 999999):06d}X"
    if rng.random() < 0.4:
        changed["gate_in"] = "2910"
    draft.change(entry, "divert", **changed)


def farm(draft: Draft, rng: Random) -> None:
    """An operator that exports only while an award runs, for suppliers far away."""
    name = f"AF{len(draft.operators):03d}"
    draft.operators.append(Operator(name, None, f"phone-{name}", f"address-{name}", f"ip-{name}"))
    far = sorted(draft.far)
    for _ in range(rng.randint(7, 12)):
        start, end = rng.choice(AWARDS)
        at = START.replace(year=start.year, month=start.month, day=start.day)
        at += timedelta(days=rng.uniform(0, (end - start).days))
        entry = draft.entry(rng, operator=name, at=at)
        items = tuple(
            replace(item, supplier=rng.choice(far if rng.random() < 0.8 else draft.suppliers)) for item in entry.items
        )
        draft.change(entry, "farm", items=items)


def phantom(draft: Draft, rng: Random) -> None:
    """Goods declared to a country that never took them in: its own figures stay far behind."""
    kind, country = rng.choice(draft.kinds), rng.choice(SMALL)
    draft.phantoms.add((kind.hs10[:6], country))
    for _ in range(rng.randint(12, 18)):
        entry = draft.entry(rng, destination=country)
        entry = replace(entry, **_scaled(entry, round(CAP_CENTS * rng.uniform(0.5, 0.95))))  # type: ignore[arg-type]
        item = replace(max(entry.items, key=lambda one: one.value_cents), hs10=kind.hs10, likely_hs6=kind.hs10[:6])
        net = max(50, round(item.value_cents / 100 / kind.usd_kg * 1000))
        item = replace(item, net_g=net, pieces=max(1, net // kind.piece_g))
        draft.change(
            entry,
            "phantom",
            items=(item,),
            value_cents=item.value_cents,
            net_g=net,
            gross_g=round(net * 1.1),
            volume_l=net * 1.1 / kind.density,
        )


SCHEMES: Mapping[str, Callable[[Draft, Random], None]] = {
    "split": split,
    "bunch": bunch,
    "misprice": misprice,
    "buy_declaration": buy_declaration,
    "burst": burst,
    "carousel": carousel,
    "launder": launder,
    "reuse": reuse,
    "physics": bend_physics,
    "hide": hide,
    "misclassify": misclassify,
    "brand": brand,
    "danger": danger,
    "deny": deny,
    "forge": forge,
    "con": con,
    "divert": divert,
    "farm": farm,
    "phantom": phantom,
}
