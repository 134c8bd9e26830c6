"""Production (生产): tasks gated by the deposit, promised and actual dates both kept."""
