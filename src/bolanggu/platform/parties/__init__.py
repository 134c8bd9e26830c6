"""Parties (主体): everyone who takes part in a trade, and who does what for whom."""
