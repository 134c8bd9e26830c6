"""Shapes of answers, for the OpenAPI document."""

from datetime import date, datetime

from ninja import Field, Schema
from pydantic import ConfigDict


class StepShape(Schema):
    """One of the twelve steps of a trade."""

    name: str
    state: str = Field(description="done | running | to_come")
    at: datetime | None = Field(None, description="when, in the trade's own story")


class TradeShape(Schema):
    """A trade in short; ``state`` is that of the list that was handed in, or ``done`` for one from the command line."""

    id: str
    state: str = Field(description="waiting | running | done | failed")
    why: str = ""
    destination: str
    currency: str
    depart_on: date | None = None
    buyer: str | None = None
    opened_at: datetime
    steps_done: int
    source: str = Field(description="person | device | simulated")


class TradePage(Schema):
    """Trades, the newest first."""

    trades: list[TradeShape]
    count: int
    offset: int


class ProgressShape(Schema):
    """How far a trade has come."""

    id: str
    state: str
    why: str = ""
    steps: list[StepShape]


class HitShape(Schema):
    """One hit of a search. ``unit_minor`` is the price of the first rung, in minor units of ``currency``."""

    code: str
    title: str
    title_zh: str
    title_en: str
    score: float
    tier: str
    currency: str
    unit_minor: int
    moq: int
    shop: str
    category: str


class HitsShape(Schema):
    """Hits, the best first."""

    hits: list[HitShape]


class GoodsShape(Schema):
    """One kind of goods. mm, g, minor units; ``assumed`` names what was filled by assumption."""

    code: str
    title_zh: str
    title_en: str
    category: str
    currency: str
    tiers: list[list[int]] = Field(description="[[least pieces, minor units a piece], …]")
    moq: int
    order_multiple: int
    pieces_per_carton: int
    carton_mm: list[int]
    carton_net_g: int
    carton_gross_g: int
    hs6: str
    lead_days: int
    stock: int
    shop: str
    assumed: list[str]
    synthetic: bool


class WalkStep(Schema):
    """A thing met on a walk, with the share of the start that it made or became."""

    kind: str
    id: str
    aspect: str
    depth: int
    share: str
    share_percent: float
    pieces: int
    grams: int
    minor: int
    currency: str


class WalkShape(Schema):
    """A walk back and forward; ``hidden`` counts steps that belong to other people's trades."""

    id: str
    kind: str
    back: list[WalkStep]
    forward: list[WalkStep]
    hidden: dict[str, int]


class DossierShape(Schema):
    """The dossier in the form ``bolanggu-dossier/1``; parts that the role may not read are left out."""

    model_config = ConfigDict(extra="allow")

    format: str
    trade_id: str
