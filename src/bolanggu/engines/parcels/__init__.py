"""Parcels (包裹扫描): scans of parcels kept for good, each once, with the latest status at hand."""
