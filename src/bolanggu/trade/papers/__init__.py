"""The papers of a trade (单证): issued, sealed, versioned, and laid out in folders with an index page."""

from bolanggu.trade.papers.writing import write_papers

__all__ = ["write_papers"]
