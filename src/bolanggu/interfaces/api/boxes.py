"""Endpoints of cartons, of the pool they wait in, and of the boxes they are loaded into."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS
from bolanggu.interfaces.api.shapes_of_links import BoxShape, CartonShape, PoolsShape
from bolanggu.interfaces.web.pool import filling
from bolanggu.market.consolidation.models import Equipment

cartons = Router(tags=["cartons"])
pool = Router(tags=["pool"])
containers = Router(tags=["containers"])


@cartons.get("/{sscc}", response={200: CartonShape, **ALWAYS}, summary="One carton by its SSCC-18")
@needs("carton", "read")
def carton(request: HttpRequest, sscc: str) -> Any:
    """Promised and measured size in mm and mass in g, and what is in it."""
    found = whose.carton(actor_of(request), sscc)
    names = (
        "sscc",
        "trade",
        "order",
        "warehouse",
        "destination",
        "mark",
        "article",
        "position",
        "of",
        "state",
        "net_g",
    )
    return {name: getattr(found, name) for name in names} | {
        "promised_mm": [found.promised_l_mm, found.promised_w_mm, found.promised_h_mm],
        "promised_gross_g": found.promised_gross_g,
        "measured_mm": [found.l_mm, found.w_mm, found.h_mm],
        "gross_g": found.gross_g,
        "contents": list(found.contents.order_by("line").values("line", "pieces", "net_g")),
    }


@pool.get("/{destination}", response={200: PoolsShape, **ALWAYS}, summary="What waits for a destination")
@needs("pool", "read")
def waiting(request: HttpRequest, destination: str) -> Any:
    """Cartons of one's trades by pool; those of others are counted."""
    found = filling.pools(actor_of(request), destination)
    return {
        "destination": destination,
        "pools": [
            {
                "agent": one.agent,
                "terms": one.terms,
                "wish": one.wish,
                "cartons": one.cartons,
                "cbm": one.cbm,
                "others_cartons": one.others,
                "trades": [
                    {"trade": part.trade, "cartons": part.cartons, "cbm": part.cbm, "since": part.since}
                    for part in one.parts
                ],
            }
            for one in found
        ],
    }


@containers.get("/{number}", response={200: BoxShape, **ALWAYS}, summary="One box with one's shares of it")
@needs("container", "read")
def box(request: HttpRequest, number: str) -> Any:
    """The plan as it stands, the equipment where it is sealed, and the shares that one may see."""
    plan, shares = whose.box(actor_of(request), number)
    equipment = Equipment.objects.filter(plan=plan).values("number", "seal", "tare_g", "vgm_g", "free_days").first()
    names = ("number", "version", "type", "service", "destination", "fill_percent", "gross_g", "cartons", "stale")
    return {name: getattr(plan, name) for name in names} | {
        "equipment": equipment,
        "shares": [
            {
                "trade": share.trade,
                "pieces": share.pieces,
                "cartons": share.cartons,
                "grams": share.grams,
                "cubic_mm": share.cubic_mm,
                "cost_minor": share.cost_minor,
                "currency": share.currency,
            }
            for share in shares
        ],
    }
