"""Journal (流水): one append-only, hash-chained, sealable log for ledger, cases and market events."""
