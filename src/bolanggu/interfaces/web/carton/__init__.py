"""Carton (箱): by its SSCC-18: what is in it, promised and measured, where it waits, in which box it lies."""
