"""Trades (交易): lists handed in, their progress, the dossier and its papers."""
