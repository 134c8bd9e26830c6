"""Pages of the blueprint (一张蓝图): goal → track → scene → indicator, targets, sources, reforms, the market index."""
