"""A world to measure on (模拟世界): a year of honest declarations with the faults of real records, and planted schemes.

Numbered random streams: the same seed gives the same world, and a scheme planted or left out does not move the others.
Shares and sizes are assumptions of this world, made for measuring; they say nothing of a real market.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bolanggu.engines.risk.records import Arrival, Credit, Entry, Item, Operator, Outcome, Receipt

START = datetime(2025, 6, 1, tzinfo=UTC)
YEAR_DAYS = 365
CAP_CENTS = 15_000_000
_PORTS = {"3104": 9.0, "2248": 14.0, "2925": 4.0}
COUNTRIES = ("ESP", "POL", "MEX", "NGA", "IND", "ARE", "JOR", "USA", "BRA", "KEN")
SMALL = ("TON", "PLW", "SYC", "BRB")
_LINKS = ("order", "payment", "receipt", "carton")
_FAMILY = ("Haddad", "Okafor", "Nowak", "Ruiz", "Mensah", "Silva", "Khan", "Petrov", "Rossi", "Yilmaz")
_GIVEN = ("Ali", "Maria", "Jan", "Luis", "Grace", "Ana", "Omar", "Ivan", "Marco", "Aylin", "Noor", "Peter")
AWARDS = ((date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 4, 1), date(2026, 5, 20)))
DENIED = ("Victor Drakovich Sample", "Al Sample Trading Jabir", "Helios Sample Maritime")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of goods: code, USD per kg, g a piece, kg per cubic metre in cartons."""

    hs10: str
    usd_kg: float
    piece_g: int
    density: float


class Draft:
    """The world while it is made: lists that the planters change."""

    def __init__(self, seed: int, entries: int) -> None:
        """Draw the cast; each stream has its own number."""
        self.seed = seed
        cast = self.stream("cast")
        density = {chapter: cast.uniform(90, 420) for chapter in _CHAPTERS}
        self.kinds = [
            Kind(
                f"{chapter}{cast.randint(1, 20):02d}{cast.randint(10, 99)}0000",
                cast.lognormvariate(1.8, 0.7),
                cast.randint(20, 900),
                density[chapter],
            )
            for chapter in _CHAPTERS
            for _ in range(3)
        ]
        self.operators = [_operator(cast, number) for number in range(80)]
        self.buyers = [_buyer(cast, number) for number in range(300)]
        self.suppliers = [f"S{number:03d}" for number in range(400)]
        self.far = frozenset(cast.sample(self.suppliers, 40))
        self.entries: list[Entry] = []
        self.receipts: list[Receipt] = []
        self.arrivals: list[Arrival] = []
        self.credits: list[Credit] = []
        self.outcomes: list[Outcome] = []
        self.phantoms: set[tuple[str, str]] = set()
        self.schemes: dict[str, str] = {}
        self.wanted = entries

    def stream(self, name: str) -> Random:
        """A random stream of its own for a purpose."""
        return Random(f"{self.seed}/{name}")

    def entry(self, rng: Random, **stated: object) -> Entry:
        """An honest declaration with the faults that honest records have."""
        number = f"D{len(self.entries):05d}"
        buyer, name, passport, nationality, destination = rng.choice(self.buyers)
        at = START + timedelta(days=rng.uniform(0, YEAR_DAYS))
        value = _value(rng)
        kinds = rng.sample(self.kinds, rng.randint(1, 8))
        items = tuple(self._items(rng, kinds, value, number))
        net = sum(item.net_g for item in items)
        gross = round(net * rng.uniform(1.05, 1.2))
        chapter = max(items, key=lambda item: item.net_g).hs10[:2]
        density = next(kind.density for kind in self.kinds if kind.hs10[:2] == chapter)
        port = rng.choice(list(_PORTS))
        seal = f"SL{rng.randint(0, 999999):06d}"
        made = Entry(
            number=number,
            at=at,
            operator=self.operators[min(79, int(rng.expovariate(1 / 20)))].uscc,
            buyer=buyer,
            destination=destination,
            value_cents=sum(item.value_cents for item in items),
            items=items,
            broker=f"B{rng.randint(0, 9)}",
            buyer_name=name,
            passport=passport,
            nationality=nationality,
            bl_no=f"BL{number}",
            vessel=f"V{at.toordinal() // 7}-{rng.randint(0, 3)}",
            container=f"C{number}",
            trade_ref=f"T{number}",
            gross_g=gross,
            net_g=net,
            volume_l=gross / density / rng.lognormvariate(0, 0.16),
            payload_g=None,
            exit_port=port,
            gate_in=port if rng.random() > 0.004 else rng.choice(list(_PORTS)),
            transit_hours=_PORTS[port] * rng.lognormvariate(0, 0.15),
            seal=seal,
            gate_seal=seal if rng.random() > 0.002 else "SL-RESEALED",
        )
        made = replace(made, **stated)  # type: ignore[arg-type]
        self.entries.append(made)
        self._paid(rng, made)
        return made

    def _items(self, rng: Random, kinds: Sequence[Kind], value: int, number: str) -> list[Item]:
        shares = [rng.gammavariate(1.5, 1) for _ in kinds]
        made = []
        for place, (kind, share) in enumerate(zip(kinds, shares, strict=True)):
            cents = max(100, round(value * share / sum(shares)))
            net = max(50, round(cents / 100 / kind.usd_kg * 1000 / rng.lognormvariate(0, 0.22)))
            other = rng.random() < 0.06
            made.append(
                Item(
                    hs10=kind.hs10,
                    name=f"goods {kind.hs10[:6]}",
                    value_cents=cents,
                    net_g=net,
                    pieces=max(1, net // kind.piece_g),
                    supplier=rng.choice(self.suppliers),
                    chain=tuple(f"{link}-{number}-{place}" for link in _LINKS if rng.random() > 0.015),
                    brand_word="sample brand" if rng.random() < 0.0006 else None,
                    likely_hs6=rng.choice(self.kinds).hs10[:6] if other else kind.hs10[:6],
                    likely=rng.uniform(0.3, 0.9),
                    gain=other and rng.random() < 0.02,
                )
            )
        return made

    def _paid(self, rng: Random, entry: Entry) -> None:
        payer = entry.buyer
        allowed: tuple[str, ...] = ()
        luck = rng.random()
        if luck < 0.05:
            payer, allowed = f"A{entry.buyer}", (f"A{entry.buyer}",)
        elif luck < 0.065:
            payer = f"R{entry.buyer}"
        parts = rng.randint(1, 2)
        total = round(entry.value_cents * rng.uniform(0.9, 1.03))
        for part in range(parts):
            self.receipts.append(
                Receipt(
                    f"{entry.number}-{part}",
                    entry.at + timedelta(days=rng.uniform(3, 60)),
                    entry.trade_ref,
                    payer,
                    total // parts,
                    allowed,
                )
            )

    def change(self, entry: Entry, scheme: str, **stated: object) -> Entry:
        """Change a declaration by a scheme and remember that it is bad."""
        place = next(n for n, one in enumerate(self.entries) if one.number == entry.number)
        self.entries[place] = replace(self.entries[place], **stated)  # type: ignore[arg-type]
        self.schemes[entry.number] = scheme
        return self.entries[place]


_CHAPTERS = ("39", "42", "61", "62", "63", "69", "70", "73", "82", "83", "85", "94", "95", "96")


def _operator(rng: Random, number: int) -> Operator:
    uscc = f"OP{number:03d}"
    age = rng.uniform(20, 120) if number % 13 == 0 else rng.uniform(200, 2500)
    traced = rng.random() < 0.93
    pair = number - 1 if number % 10 == 1 else number
    return Operator(
        uscc, (START - timedelta(days=age)).date(), f"phone-{pair}", f"address-{number}", f"ip-{number}", traced
    )


def _buyer(rng: Random, number: int) -> tuple[str, str, str, str, str]:
    name = f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)} {number}"
    body = f"P{rng.randint(0, 99_999_999):08d}"
    country = rng.choice(COUNTRIES if rng.random() < 0.96 else SMALL)
    return f"BUY{number:03d}", name, body + check_digit(body), country, rng.choice((country, rng.choice(COUNTRIES)))


def check_digit(body: str) -> str:
    """Give the check digit of nine characters (ICAO Doc 9303).

    >>> check_digit("L898902C3")
    '6'
    """
    values = (0 if char == "<" else int(char, 36) for char in body)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def _value(rng: Random) -> int:
    """Goods value in cents: mostly far below the cap, some honest ones close to it."""
    if rng.random() < 0.02:
        return round(CAP_CENTS * rng.uniform(0.9, 0.999))
    return min(round(CAP_CENTS * 0.97), round(4_500_000 * rng.lognormvariate(0, 0.6)))
