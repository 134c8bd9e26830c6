"""Consolidation (拼箱组货): the pool, load plans, equipment and shares."""
