"""Acts on inquiries: send one, note what was found, quote it, accept the quotes."""

from bolanggu.market.inquiries.services.accept import QuoteNotOpen, accept
from bolanggu.market.inquiries.services.note_matches import Match, note_matches
from bolanggu.market.inquiries.services.quote import QuotedLine, quote
from bolanggu.market.inquiries.services.send import send

__all__ = ["Match", "QuoteNotOpen", "QuotedLine", "accept", "note_matches", "quote", "send"]
