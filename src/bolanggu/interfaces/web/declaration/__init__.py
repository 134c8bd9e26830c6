"""Declaration (报关单): items, findings, the states it went through."""
