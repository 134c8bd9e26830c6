"""Ledger (分类账): double entry in integer minor units, append-only, two-phase, idempotent.

An account has one currency and stored posted and pending balances. A transfer moves an amount from the debit side
of one account to the credit side of another. `services.post` takes a batch and answers one code a transfer;
batches stand in the journal (stream ``ledger``) by the hash of their canonical bytes.
"""

from bolanggu.platform.ledger.transfers import Code, Kind, Limit, Opening, Transfer, key

__all__ = ["Code", "Kind", "Limit", "Opening", "Transfer", "key"]
