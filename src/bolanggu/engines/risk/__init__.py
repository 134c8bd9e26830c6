"""Risk (风险研判): indicators over a trade's own records, a calibrated score with reasons, a world to measure on.

A signal asks for a look: it carries its reason and the rows that show it. It decides nothing and punishes nobody.
"""
