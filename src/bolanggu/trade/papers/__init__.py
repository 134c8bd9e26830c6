"""The papers of a trade at this depth: dossier.json, a self-contained index.html, and a PDF in English and Chinese."""

from bolanggu.trade.papers.writing import write_papers

__all__ = ["write_papers"]
