"""Parts that several papers share (单证要素): parties, terms, transport, containers, and the figures behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bolanggu.market.documents.facts import Box, Carton, Facts, Goods, Party
from bolanggu.market.documents.sheet import Block, Column, Field, Figures, Sheet, Words, money
from bolanggu.market.documents.types import TYPES
from bolanggu.values.money import split

SIMULATED = Words("Simulated trade on synthetic goods; not an offer.", "模拟交易，合成数据，不构成要约。")
LITRE = 1_000_000

NUMBER = Column(Words("No.", "序号"), "count")
HS = Column(Words("HS code", "商品编码"), "code")
DESCRIPTION = Column(Words("Description of goods", "货物名称"), width=3)
PIECES = Column(Words("Pieces", "数量（件）"), "count")
CARTONS = Column(Words("Cartons", "箱数"), "count")
NET = Column(Words("Net kg", "净重（千克）"), "kg")
GROSS = Column(Words("Gross kg", "毛重（千克）"), "kg")
VOLUME = Column(Words("Volume m³", "体积（立方米）"), "m3")
TOTAL = Words("Total", "合计")

MODES = {
    "sea": Words("sea", "海运"),
    "rail": Words("rail", "铁路"),
    "road": Words("road", "公路"),
    "air": Words("air", "空运"),
}


def sheet(facts: Facts, kind: str, *, part: str = "", day: str = "", **said: object) -> Sheet:
    """A sheet of a kind, numbered, and dated by its step unless a day is given."""
    of = TYPES[kind]
    number = numbered(facts, kind, part)
    day = day or facts.days.get(of.step, "")
    notes = (*said.pop("notes", ()), *((SIMULATED,) if facts.simulated else ()))  # type: ignore[misc]
    return Sheet(number=number, kind=kind, title=of.name, day=day, notes=notes, reference=facts.trade, **said)  # type: ignore[arg-type]


def numbered(facts: Facts, kind: str, part: str = "") -> str:
    """The number of a paper: trade, kind, the shipment where it is not the trade's own, and the part."""
    shipment = facts.shipment if facts.shipment != facts.trade else ""
    return "-".join(piece for piece in (facts.trade, TYPES[kind].suffix, shipment, part) if piece)


def part_of(facts: Facts, number: str) -> str:
    """What tells one box, declaration or order of a trade from the others, for the number of its paper."""
    return number.removeprefix(f"{facts.shipment or facts.trade}-").removeprefix(f"{facts.trade}-")


def plain(text: str) -> Words:
    """A text that is the same in both languages."""
    return Words(text, text)


def named(party: Party) -> Words:
    """A party's name; Chinese papers keep a foreign name as it is."""
    return Words(party.name_en or party.name_zh, party.name_zh or party.name_en)


def party_block(title: Words, party: Party) -> Block:
    """A party: its name in the paper's language, the other name, number, code and country."""
    lines = [named(party)]
    if party.name_en and party.name_zh and party.name_en != party.name_zh:
        lines.append(Words(party.name_zh, party.name_en))
    if party.uscc:
        lines.append(Words(f"USCC {party.uscc}", f"统一社会信用代码 {party.uscc}"))
    if party.identity:
        lines.append(Words(f"Passport {party.identity}", f"护照号 {party.identity}"))
    lines.append(plain(f"{party.number} · {party.country}"))
    return Block(title, tuple(lines))


def description(goods: Goods) -> Words:
    """Goods as papers name them, with their article code."""
    return Words(
        f"{goods.name_en or goods.name_zh} ({goods.code})", f"{goods.name_zh or goods.name_en}（{goods.code}）"
    )


def terms_fields(facts: Facts) -> tuple[Field, ...]:
    """Incoterm, deposit and balance, freight."""
    terms = facts.terms
    trigger = {"loading": "装箱", "inspection": "验货", "documents": "交单"}.get(
        terms.balance_trigger, terms.balance_trigger
    )
    share = f"{terms.deposit_bp / 100:g} %"
    freight = {"prepaid": "预付", "collect": "到付"}.get(terms.freight, terms.freight)
    return (
        Field(Words("Terms of delivery", "贸易条款"), f"{terms.incoterm} {terms.place} (Incoterms 2020)"),
        Field(
            Words("Payment", "付款方式"),
            Words(f"deposit {share}, balance on {terms.balance_trigger}", f"定金 {share}，余款于{trigger}时付清"),
        ),
        Field(Words("Freight", "运费"), Words(terms.freight, freight)),
    )


def transport_fields(facts: Facts) -> tuple[Field, ...]:
    """Booking, mode, vessel or train, places and days of the main ride."""
    booking = facts.booking
    if booking is None:
        return ()
    main, first, last = booking.main, booking.legs[0], booking.legs[-1]
    return (
        Field(Words("Booking (SO) no.", "订舱号（SO）"), booking.number),
        Field(Words("Mode", "运输方式"), MODES.get(main.mode, plain(main.mode))),
        Field(Words("Service / voyage", "班次/航次"), booking.vessel),
        Field(Words("Place of receipt", "收货地"), place(first.origin, first.origin_name)),
        Field(Words("Port of loading", "装货港"), place(main.origin, main.origin_name)),
        Field(Words("Port of discharge", "卸货港"), place(main.destination, main.destination_name)),
        Field(Words("Place of delivery", "交货地"), place(last.destination, last.destination_name)),
        Field(Words("Departure (planned)", "预计离港"), main.departs_on),
        Field(Words("Arrival (planned)", "预计到达"), last.arrives_on),
    )


def place(code: str, name: str) -> str:
    """A place by name and UN/LOCODE."""
    return f"{name} ({code})" if name and name != code else code


def container_fields(box: Box) -> tuple[Field, ...]:
    """Number, seal, type and service of a box."""
    return (
        Field(Words("Container no.", "集装箱号"), box.number or "–"),
        Field(Words("Seal no.", "铅封号"), box.seal or "–"),
        Field(Words("Type", "箱型"), box.type.replace("HC", "HQ")),
        Field(
            Words("Service", "方式"), Words(box.service, {"FCL": "整箱", "LCL": "拼箱"}.get(box.service, box.service))
        ),
    )


def shipment_figures(facts: Facts) -> Figures:
    """What every shipping paper states: boxes, packages, pieces, masses, and the value once it is declared."""
    loaded = facts.loaded
    return Figures(
        containers=tuple((box.number, box.seal) for box in facts.boxes),
        packages=len(loaded),
        pieces=sum(content.pieces for carton in loaded for content in carton.contents),
        net_g=sum(carton.net_g for carton in loaded),
        gross_g=sum(carton.gross_g for carton in loaded),
        value_cents=sum(source.value_cents for source in facts.sources) if facts.declarations else None,
        amounts=amounts_of(loaded),
    )


def shared_note(facts: Facts) -> tuple[Words, ...]:
    """Tells that a declaration, and the bill it names, are shared with other trades of the same buyer."""
    shared = [one.number for one in facts.declarations if one.shared]
    if not shared:
        return ()
    numbers, own = ", ".join(shared), money(sum(source.value_cents for source in facts.sources), "USD")
    return (
        Words(
            f"{numbers}: shared with other trades of the same buyer; USD {own} of it is trade {facts.trade}.",
            f"{numbers}：与同一采购商的其他交易合并申报，其中交易 {facts.trade} 为 USD {own}。",
        ),
    )


def amounts_of(cartons: Iterable[Carton]) -> dict[str, int]:
    """Value of cartons by currency, minor units."""
    found: dict[str, int] = defaultdict(int)
    for carton in cartons:
        for content in carton.contents:
            found[content.currency] += content.minor
    return dict(sorted(found.items()))


def ordered_amounts(facts: Facts) -> dict[str, int]:
    """Value of what is ordered by currency, minor units."""
    found: dict[str, int] = defaultdict(int)
    for goods in facts.goods:
        found[goods.currency] += goods.amount_minor
    return dict(sorted(found.items()))


def litres(volumes: list[int]) -> list[int]:
    """Volumes in mm³ as litres that add up to the rounded sum.

    >>> litres([36_400_000, 36_400_000])
    [37, 36]
    """
    return split((sum(volumes) + LITRE // 2) // LITRE, volumes)


class Loads:
    """What lies in cartons, summed by order line in the order of the buyer's list."""

    def __init__(self, facts: Facts, cartons: Iterable[Carton]) -> None:
        self.pieces: dict[str, int] = defaultdict(int)
        self.net: dict[str, int] = defaultdict(int)
        self.gross: dict[str, int] = defaultdict(int)
        self.volume: dict[str, int] = defaultdict(int)
        self.minor: dict[str, int] = defaultdict(int)
        self.cartons: dict[str, int] = defaultdict(int)
        self.positions: dict[str, list[int]] = defaultdict(list)
        for carton in cartons:
            self._add(carton)
        self.goods = [goods for goods in facts.goods if self.pieces.get(goods.line)]
        self.litres = dict(zip(self.pieces, litres([self.volume[line] for line in self.pieces]), strict=True))

    def _add(self, carton: Carton) -> None:
        """A mixed carton counts once, with the line that weighs most in it; its volume is shared by net mass."""
        contents = carton.contents
        shares = split(carton.cubic_mm, [content.net_g for content in contents])
        first = max(contents, key=lambda content: (content.net_g, content.line)).line
        self.cartons[first] += 1
        for content, volume in zip(contents, shares, strict=True):
            self.pieces[content.line] += content.pieces
            self.net[content.line] += content.net_g
            self.gross[content.line] += content.gross_g
            self.minor[content.line] += content.minor
            self.volume[content.line] += volume
            self.positions[content.line].append(carton.position)

    def marks(self, line: str) -> str:
        """Carton numbers of a line as runs, such as ``1–12, 15``."""
        return runs(self.positions[line])


def runs(numbers: Iterable[int]) -> str:
    """Numbers as runs.

    >>> runs([3, 1, 2, 7])
    '1–3, 7'
    """
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
