"""Goods (商品): districts, booths, shops and what they sell."""
