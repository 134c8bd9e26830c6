"""The installation's own seal (本单位签章): its key in the home, and the name it issues papers under."""

from __future__ import annotations

import os
from pathlib import Path

from bolanggu.platform.seals.keys import Key, own_key
from bolanggu.settings import home

#: used until the operator of an installation names itself with BOLANGGU_ISSUER
UNNAMED = "unnamed Bolanggu site 未署名站点"


def folder() -> Path:
    """Where the key, the public ``issuer.json`` and the trust list ``trusted.json`` lie."""
    return home() / "keys"


def house_key() -> Key:
    """The key that seals this installation's papers; made at first use."""
    return own_key(folder(), os.environ.get("BOLANGGU_ISSUER") or UNNAMED)
