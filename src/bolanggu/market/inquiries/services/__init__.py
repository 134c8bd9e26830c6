"""Acts on inquiries: send one, note what was found, quote it, accept or renew quotes; add lines later."""

from bolanggu.market.inquiries.services.accept import QuoteNotOpen, accept
from bolanggu.market.inquiries.services.add_to_list import add_to_list, quote_more
from bolanggu.market.inquiries.services.expire import expire, renew
from bolanggu.market.inquiries.services.note_matches import Match, note_matches
from bolanggu.market.inquiries.services.quote import QuotedLine, quote
from bolanggu.market.inquiries.services.send import send

__all__ = [
    "Match",
    "QuoteNotOpen",
    "QuotedLine",
    "accept",
    "add_to_list",
    "expire",
    "note_matches",
    "quote",
    "quote_more",
    "renew",
    "send",
]
