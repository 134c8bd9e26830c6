"""Trace (追溯): any id, back to buyers' lines and forward to what became of it."""
