"""Goods search (商品搜索): find goods among millions by words in six languages, and match purchase lists to them."""
