"""Step 2, find goods (找货): candidates with scores for each line; a line is ordered or says why it is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.goods.matching import LineMatch, match_lines
from bolanggu.market.goods.models import Product
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.inquiries.services import Match, note_matches
from bolanggu.trade.stages import Stage

CANDIDATES = 3


def prepare(stage: Stage) -> list[Match]:
    """Match the readable lines; a wished price breaks ties where it is in the goods' own currency."""
    lines = [line for line in inquiries.lines(stage.trade.number) if line["quantity"] is not None]
    currency = Product.objects.values_list("currency", flat=True).first()
    prices = [line["target_minor"] if line["target_currency"] == currency else None for line in lines]
    found = match_lines([line["text"] for line in lines], top=CANDIDATES, buyer=stage.trade.buyer.number, prices=prices)
    return [_match(line["row"], answer) for line, answer in zip(lines, found, strict=True)]


def act(stage: Stage, matches: list[Match]) -> tuple[datetime, dict[str, Any]]:
    """Note what was found."""
    found = note_matches(by=stage.cast.world, at=stage.clock, number=stage.trade.number, matches=matches)
    return stage.clock, {"found": found, "lines": len(matches)}


def _match(row: int, answer: LineMatch) -> Match:
    chosen = answer.chosen
    candidates = [candidate.as_dict() for candidate in answer.candidates]
    if chosen is None:
        return Match(row, "", None, answer.reason or "no goods resemble this line", candidates)
    return Match(row, chosen.code, chosen.score, "", candidates)
