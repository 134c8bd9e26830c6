"""Numbering (编号): gap-free serials by name, taken inside the transaction of the deed."""
