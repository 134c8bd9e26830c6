"""Documents (单证): every paper issued, with its digest."""
