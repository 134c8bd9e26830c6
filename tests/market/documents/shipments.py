"""Random shipments: facts of a trade whose cartons, boxes and declarations hang together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from bolanggu.market.documents.facts import (
    Account,
    Booking,
    Box,
    Carton,
    Content,
    Declaration,
    Entry,
    Facts,
    Goods,
    Item,
    Leg,
    Order,
    Party,
    Roles,
    Source,
    Terms,
)
from bolanggu.values.code import container_number, sscc
from bolanggu.values.money import split

STEPS = "read match quote order deposit receive book load declare depart follow observe".split()
NAMES = [("hair clip", "发夹"), ("umbrella – 60 cm", "雨伞"), ("قبعة hat", "帽子"), ("mug", "马克杯"), ("", "中国结")]


def party(number, kind="A party", zh="一方（模拟）", **more):
    return Party(number, f"{kind} {number}", zh, **more)


ROLES = Roles(
    buyer=Party("BUYER-1", "Comercial Ñandú S.L. (simulated)", "", "ES", identity="SIM1234567"),
    agent=party("AG1", "Trading agent", "外贸公司（模拟）"),
    operator=party("OP1", "Operator", "示例市场采购经营者", uscc="91330782MA00000017"),
    warehouse=party("WA1", "Warehouse", "仓库（模拟）"),
    forwarder=party("FO1", "Forwarder", "货代（模拟）"),
    broker=party("BR1", "Broker", "报关行（模拟）"),
    carrier=party("CA1", "Carrier", "承运人（模拟）"),
    consignee=Party("BUYER-1", "شركة الاستيراد (simulated)", "", "AE"),
    notify=Party("BUYER-1", "ООО «Импорт» (simulated)", "", "RU"),
)
TERMS = Terms(
    "FOB", "CNNGB", 3000, "loading", 0, "collect", "telex_release", tax_included=False, commission_buyer_bp=500
)
LEGS = (
    Leg(
        "rail", "YIW-NGB", "CNYIW", "Yiwu West", "CNNGB", "Ningbo", "2026-03-12", "2026-03-13", "2026-03-12 08:00 +0800"
    ),
    Leg("sea", "SEA-1", "CNNGB", "Ningbo", "ESBCN", "Barcelona", "2026-03-16", "2026-04-20", "2026-03-15 08:00 +0800"),
)


@st.composite
def shipments(draw, most_lines=6, boxes=2):
    """Facts of a trade shipped alone in up to ``boxes`` containers, some cartons left over, some of them mixed."""
    goods = [draw(_goods(index)) for index in range(draw(st.integers(1, most_lines)))]
    cartons = draw(_cartons(goods))
    boxed = [replace(one, box=f"T1-B0{draw(st.integers(1, boxes))}") for one in cartons]
    left = draw(st.integers(0, len(boxed) - 1)) if draw(st.booleans()) else 0
    boxed = [replace(one, box="") if index < left else one for index, one in enumerate(boxed)]
    loaded = [one for one in boxed if one.box]
    made = tuple(_box(plan, [one for one in loaded if one.box == plan]) for plan in sorted({one.box for one in loaded}))
    declared = tuple(draw(_declaration(box, loaded, goods)) for box in made)
    return _facts(goods, tuple(boxed), made, declared)


def _facts(goods, cartons, boxes, declarations):
    orders = tuple(
        Order(
            number, party(f"M{number[-3:]}", "Merchant", "商户（模拟）"), "CNY", _amount(goods, number), 0, "2026-03-01"
        )
        for number in sorted({one.order for one in goods})
    )
    due = split(sum(one.amount_minor for one in goods) * 10 // 72, [one.amount_minor for one in goods])
    entries = (Entry("2026-03-02", "Goods", "货款", "T1", sum(due)), Entry("2026-03-03", "Received", "收款", "R1", -5))
    whole = Facts(
        trade="T1",
        simulated=True,
        destination="ESBCN",
        destination_name="Barcelona",
        currency="USD",
        days=dict.fromkeys(STEPS, "2026-03-12"),
        times=dict.fromkeys(STEPS, "2026-03-12T08:00:00+00:00"),
        roles=ROLES,
        terms=TERMS,
        orders=orders,
        goods=tuple(goods),
        buyer_goods_minor=dict(zip([one.line for one in goods], due, strict=True)),
        cartons=cartons,
        buyer_account=Account(ROLES.buyer, "USD", entries),
        merchant_accounts=tuple(
            Account(o.merchant, "CNY", (Entry("2026-03-02", "Order", "订单", o.number, o.amount_minor),))
            for o in orders
        ),
    )
    booking = Booking("SO1", "FCL", "confirmed", {"40HC": len(boxes)}, LEGS, "SEA-1 2026-03-16")
    return replace(
        whole,
        shipments=(replace(whole, shipment="T1", boxes=boxes, declarations=declarations, booking=booking),),
    )


def _amount(goods, order):
    return sum(one.amount_minor for one in goods if one.order == order)


@st.composite
def _goods(draw, index):
    en, zh = draw(st.sampled_from(NAMES))
    pieces, unit = draw(st.integers(1, 5000)), draw(st.integers(1, 90_000))
    return Goods(
        line=f"T1-L{index + 1:04d}",
        row=index + 1,
        order=f"T1-{draw(st.integers(1, 3)):03d}",
        merchant="M",
        code=f"S{index:03d}",
        name_en=en,
        name_zh=zh,
        hs10=f"{draw(st.sampled_from(['392690', '660191', '691200']))}0000",
        pieces=pieces,
        unit_minor=unit,
        amount_minor=pieces * unit,
        currency="CNY",
        lead_days=7,
    )


@st.composite
def _cartons(draw, goods):
    """Each line in cartons of its own; sometimes the last ones of two lines share a mixed carton."""
    made = []
    for one in goods:
        parts = min(one.pieces, draw(st.integers(1, 4)))
        shares = split(one.pieces, [1] * parts)
        minors = split(one.amount_minor, shares)
        for position, (pieces, minor) in enumerate(zip(shares, minors, strict=True), 1):
            made.append(draw(_carton(one, pieces, minor, len(made), position, parts)))
    if len(goods) > 1 and draw(st.booleans()):
        made = [*made[:-2], _mixed(made[-2], made[-1])]
    return made


@st.composite
def _carton(draw, goods, pieces, minor, serial, position, of):
    net = draw(st.integers(pieces, 40_000 + pieces))
    gross = net + draw(st.integers(0, 2000))
    size = [draw(st.integers(50, 900)) for _ in range(3)]
    content = Content(goods.line, pieces, net, gross, minor, "CNY")
    number = sscc(1, "9521234", serial + 1)
    return Carton(
        number, "BUYER-1 / ESBCN / T1", goods.code, position, of, goods.order, "", *size, gross, net, (content,)
    )


def _mixed(one, other):
    contents = one.contents + other.contents
    if one.contents[0].line == other.contents[0].line:
        first, second = one.contents[0], other.contents[0]
        sums = [getattr(first, name) + getattr(second, name) for name in ("pieces", "net_g", "gross_g", "minor")]
        contents = (Content(first.line, *sums, "CNY"),)
    return replace(
        one, article="MIXED", contents=contents, net_g=one.net_g + other.net_g, gross_g=one.gross_g + other.gross_g
    )


def _box(plan, cartons):
    gross, serial = sum(one.gross_g for one in cartons), int(plan[-1])
    return Box(
        plan=plan,
        number=container_number("BLG", serial),
        seal=f"SEAL{serial}",
        type="40HC",
        service="FCL",
        tare_g=3_900_000,
        payload_g=28_600_000,
        vgm_g=3_900_000 + gross,
        box_cartons=len(cartons),
        box_gross_g=gross,
        cartons=len(cartons),
        gross_g=gross,
        cubic_mm=sum(one.cubic_mm for one in cartons),
    )


@st.composite
def _declaration(draw, box, loaded, goods):
    inside = [content for one in loaded if one.box == box.plan for content in one.contents]
    lines = sorted({content.line for content in inside})
    sums = {
        line: [sum(getattr(c, n) for c in inside if c.line == line) for n in ("pieces", "net_g", "minor")]
        for line in lines
    }
    sources = [Source(line, of[0], of[1], max(1, of[2] * 100 // 719), of[2], "CNY") for line, of in sums.items()]
    code = {one.line: one.hs10 for one in goods}
    items = []
    for position, hs10 in enumerate(sorted({code[source.line] for source in sources}), 1):
        own = tuple(source for source in sources if code[source.line] == hs10)
        status = draw(st.sampled_from(["assumed", "confirmed"]))
        total = [sum(getattr(s, n) for s in own) for n in ("pieces", "net_g", "value_cents")]
        items.append(Item(position, hs10, status, "小商品", "small goods", 0, len(own), *total, own))
    cartons = [one for one in loaded if one.box == box.plan]
    return Declaration(
        number=f"T1-D0{box.plan[-1]}",
        version=1,
        mode="1039",
        state="released",
        verdict="ok",
        box=box.plan,
        packages=len(cartons),
        pieces=sum(item.pieces for item in items),
        net_g=sum(item.net_g for item in items),
        gross_g=sum(one.gross_g for one in cartons),
        value_cents=sum(item.value_cents for item in items),
        simplified=False,
        custom_master="2925",
        exit_port="3104",
        destination="ESP",
        bl_no="BL-T1",
        vessel="SEA-1 2026-03-16",
        declared_on="2026-03-12",
        items=tuple(items),
        rates={"CNY": "719/100"},
    )
