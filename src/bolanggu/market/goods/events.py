"""What this link tells the outbox."""

IMPORTED = "goods.imported"
CHANGED = "goods.changed"
ALIAS_LEARNT = "goods.alias_learnt"
