"""Market index (市场指数): price indices of the city's classes of goods, from its own order lines.

A documented index of the platform's transactions; it replicates no official one.
"""
