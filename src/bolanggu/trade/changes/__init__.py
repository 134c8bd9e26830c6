"""Changes (变更): what goes wrong in a trade: each an act that wholly stands or leaves nothing, kept with what it replaced.

`table.ACTS` names them all; `perform` does one by name; `refresh` runs again what a change made stale.
"""
