"""Receiving (收货): what is expected, and the count of an order at the door."""
