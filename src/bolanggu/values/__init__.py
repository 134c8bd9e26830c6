"""Values: money, quantity, place, period, code, evidence. Standard library only."""
