"""What is asked of the ledger and what it answers: openings, transfers, kinds, codes. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID, uuid5

#: Name space of transfer ids made from business keys.
NAMESPACE = UUID("6ba91f4e-6f2b-5a5e-9d0c-3b1c5a0f7e21")
#: Largest amount and largest balance of one side: 2**63 - 1 minor units.
LARGEST = 2**63 - 1


class Kind(IntEnum):
    """What a transfer does: move at once, hold, or end a hold by posting, voiding or expiring it."""

    POST = 1
    PENDING = 2
    POST_PENDING = 3
    VOID = 4
    EXPIRE = 5


ENDINGS = frozenset({Kind.POST_PENDING, Kind.VOID, Kind.EXPIRE})


class Limit(StrEnum):
    """Which side of an account may not outgrow the other; pending amounts count on the limited side."""

    NONE = "none"
    DEBITS = "debits"
    CREDITS = "credits"


class Code(StrEnum):
    """The ledger's answer to one transfer. Only ``ok`` has an effect; ``exists`` says that it already had it."""

    OK = "ok"
    EXISTS = "exists"
    EXISTS_WITH_DIFFERENT_FIELDS = "exists_with_different_fields"
    PERIOD_CLOSED = "period_closed"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    SAME_ACCOUNT = "same_account"
    ACCOUNT_NOT_FOUND = "account_not_found"
    LEDGERS_DIFFER = "ledgers_differ"
    BALANCE_TOO_LARGE = "balance_too_large"
    EXCEEDS_CREDITS = "exceeds_credits"
    EXCEEDS_DEBITS = "exceeds_debits"
    PENDING_NOT_FOUND = "pending_not_found"
    PENDING_NOT_PENDING = "pending_not_pending"
    PENDING_HAS_DIFFERENT_FIELDS = "pending_has_different_fields"
    PENDING_ALREADY_POSTED = "pending_already_posted"
    PENDING_ALREADY_VOIDED = "pending_already_voided"
    PENDING_EXPIRED = "pending_expired"
    PENDING_NOT_DUE = "pending_not_due"
    EXCEEDS_PENDING_AMOUNT = "exceeds_pending_amount"
    LINKED_EVENT_FAILED = "linked_event_failed"
    LINKED_CHAIN_OPEN = "linked_chain_open"


#: Answers after which the transfer stands in the ledger.
STANDS = frozenset({Code.OK, Code.EXISTS})


class BadTransfer(ValueError):
    """A transfer whose shape makes no sense, whatever the ledger holds."""

    code = "bad_transfer"


@dataclass(frozen=True, slots=True)
class Opening:
    """An account to be opened, such as ``merchant:M0001:CNY:payable``."""

    code: str
    currency: str
    limited: Limit = Limit.NONE


@dataclass(frozen=True, slots=True)
class Transfer:
    """One movement of money.

    Parameters
    ----------
    id
        The idempotency key; make it of the business key with `key`.
    debit, credit
        Codes of the two accounts. The ending of a hold may leave them empty: it takes those of the hold.
    amount
        Minor units, positive. None in the ending of a hold: the whole of it.
    currency
        ISO 4217; both accounts must carry it. May be empty in the ending of a hold.
    pending
        Id of the hold that this transfer ends.
    expires_at
        When a hold (kind PENDING) can no longer be posted; the hold is released by an EXPIRE transfer.
    purpose, ref
        What for (``deposit``, ``commission``), and the order, declaration or receipt it belongs to.
    linked
        True ties this transfer to the next of the batch: a chain takes effect wholly or not at all.
    """

    id: UUID
    debit: str = ""
    credit: str = ""
    amount: int | None = None
    currency: str = ""
    kind: Kind = Kind.POST
    pending: UUID | None = None
    expires_at: datetime | None = None
    purpose: str = ""
    ref: str = ""
    linked: bool = False

    def __post_init__(self) -> None:
        """Refuse shapes that no ledger could hold."""
        if (self.kind in ENDINGS) != (self.pending is not None):
            raise BadTransfer(f"transfer {self.id}: only the ending of a hold names one, and it must name one")
        if self.kind not in ENDINGS and self.amount is None:
            raise BadTransfer(f"transfer {self.id} has no amount")
        if self.expires_at is not None and (self.kind != Kind.PENDING or self.expires_at.tzinfo is None):
            raise BadTransfer(f"transfer {self.id}: only a hold expires, at a time with a zone")
        if len(self.purpose) > 24 or len(self.ref) > 64:
            raise BadTransfer(f"transfer {self.id}: purpose has at most 24 letters and ref at most 64")


def key(*parts: str | int) -> UUID:
    """The id of a transfer from its business key; the same key gives the same id, for ever.

    >>> key("deposit", "YW-1") == key("deposit", "YW-1")
    True
    >>> key("a", "b/c") == key("a/b", "c")
    False
    """
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))
