"""Inquiries (询盘): a buyer's list, what was found for it, and the quotes."""
