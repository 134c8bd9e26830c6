"""Stowage (配载视图): a box in three dimensions, carton by carton in loading order."""
