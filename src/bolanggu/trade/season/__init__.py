"""The season (一季): many lists of several buyers over weeks, pooled, shipped, and what goes wrong on the way."""
