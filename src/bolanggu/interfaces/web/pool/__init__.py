"""Pool (货池): cartons that wait for a box, by destination, as a picture; who waits and why; boxes planned."""
