"""Changes (变更): what goes wrong in a trade: acts that stand wholly or not at all, with what they replaced.

`table.ACTS` names them all; `perform` does one by name; `refresh` runs again what a change made stale.
"""
