"""Shapes of answers about orders, cartons, pools, boxes, declarations, money and papers, for the OpenAPI document."""

from datetime import datetime

from ninja import Field, Schema
from pydantic import ConfigDict


class OrderLineShape(Schema):
    """One line; ``unit_minor`` and ``amount_minor`` are minor units of the order's currency."""

    id: str
    product: str
    asked: int
    quantity: int
    unit_minor: int
    amount_minor: int


class OrderShape(Schema):
    """What one merchant sells in a trade."""

    id: str
    trade: str
    merchant: str
    currency: str
    amount_minor: int
    state: str = Field(description="draft | placed | confirmed | closed | cancelled")
    placed_at: datetime
    confirmed_at: datetime | None = None
    lines: list[OrderLineShape] = []


class OrderPage(Schema):
    """Orders, the newest first."""

    orders: list[OrderShape]
    count: int
    offset: int


class ContentShape(Schema):
    """Pieces of one order line in a carton."""

    line: str
    pieces: int
    net_g: int


class CartonShape(Schema):
    """A carton; sizes are length, width, height in mm."""

    sscc: str
    trade: str
    order: str
    warehouse: str
    destination: str
    mark: str
    article: str
    position: int = Field(description="n of N")
    of: int
    state: str
    promised_mm: list[int]
    promised_gross_g: int
    measured_mm: list[int]
    gross_g: int
    net_g: int
    contents: list[ContentShape]


class PartShape(Schema):
    """What one trade has in a pool."""

    trade: str
    cartons: int
    cbm: float
    since: datetime


class PoolShape(Schema):
    """Cartons that may share a box."""

    agent: str
    terms: str
    wish: str
    cartons: int
    cbm: float
    others_cartons: int
    trades: list[PartShape]


class PoolsShape(Schema):
    """Pools of a destination."""

    destination: str
    pools: list[PoolShape]


class EquipmentShape(Schema):
    """The real container."""

    number: str
    seal: str
    tare_g: int
    vgm_g: int
    free_days: int


class ShareShape(Schema):
    """What one trade has in a box and bears of its cost."""

    trade: str
    pieces: int
    cartons: int
    grams: int
    cubic_mm: int
    cost_minor: int
    currency: str


class BoxShape(Schema):
    """A planned box in its standing version, whole, and one's shares of it."""

    number: str
    version: int
    type: str
    service: str
    destination: str
    fill_percent: float
    gross_g: int
    cartons: int
    stale: str
    equipment: EquipmentShape | None = None
    shares: list[ShareShape]


class DeclarationShape(Schema):
    """A declaration in its standing version."""

    model_config = ConfigDict(extra="allow")

    id: str
    version: int
    mode: str
    state: str
    verdict: str
    value_usd: str


class ReceiptShape(Schema):
    """Money that came in."""

    number: str
    minor: int
    stated_at: datetime


class MoneyShape(Schema):
    """The money of a trade, minor units of ``currency``."""

    trade: str
    currency: str
    goods_minor: int
    commission_minor: int
    charges_minor: int
    deposit_minor: int
    due_minor: int
    paid_minor: int
    outstanding_minor: int
    receipts: list[ReceiptShape]


class PaperShape(Schema):
    """One issued file."""

    model_config = ConfigDict(extra="allow")

    id: str
    kind: str
    version: int
    media_type: str
    sha256: str


class PapersShape(Schema):
    """Papers of a trade."""

    trade: str
    papers: list[PaperShape]
