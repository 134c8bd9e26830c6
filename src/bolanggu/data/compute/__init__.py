"""Scripts (计算) that make data files of this package from their sources; run by hand, never by the product."""
