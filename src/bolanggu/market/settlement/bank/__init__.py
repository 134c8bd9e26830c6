"""Bank files (银行文件): statements read (camt.053, CSV) and explained, payouts written (pain.001). No database."""
