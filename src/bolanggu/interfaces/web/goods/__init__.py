"""Goods (商品): search and one kind of goods."""
