"""Endpoint of traces."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.access.walks import walk
from bolanggu.interfaces.api.problems import ALWAYS
from bolanggu.interfaces.api.shapes import WalkShape

router = Router(tags=["trace"])


@router.get("/{number}", response={200: WalkShape, **ALWAYS}, summary="Trace a thing back and forward")
@needs("trace", "walk")
def one(request: HttpRequest, number: str) -> Any:
    """Where a line, order, carton, box, customs item, transfer or index point came from, and what became of it."""
    return walk(actor_of(request), number.replace("\0", " "))
