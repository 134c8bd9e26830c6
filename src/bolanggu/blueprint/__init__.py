"""Blueprint (一张蓝图): goals, indicators and targets of official texts, measured from the city's own data."""
