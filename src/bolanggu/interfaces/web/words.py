"""Words for codes on screens: states, steps, roles, kinds, modes. One place; a code without a word shows itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLES = {
    "market_operator": _("Market operator"),
    "merchant": _("Merchant"),
    "buyer": _("Buyer"),
    "agent": _("Trading agent"),
    "warehouse": _("Warehouse"),
    "forwarder": _("Freight forwarder"),
    "carrier": _("Carrier"),
    "broker": _("Customs broker"),
    "officer": _("Officer"),
    "finance": _("Finance"),
    "planner": _("Planner"),
    "public": _("Visitor"),
}

STEPS = {
    "read": _("Read the list"),
    "match": _("Find goods"),
    "quote": _("Quote"),
    "order": pgettext_lazy("step", "Order"),
    "deposit": _("Deposit"),
    "receive": _("Make and receive"),
    "book": _("Book the way"),
    "load": _("Load"),
    "declare": _("Declare"),
    "depart": _("Depart, settle"),
    "follow": _("Follow"),
    "observe": _("Index"),
}

STATES = {
    "waiting": _("waiting"),
    "running": _("running"),
    "done": _("done"),
    "failed": _("stopped"),
    "ordered": _("ordered"),
    "unmatched": _("not found"),
    "matched": _("found"),
    "read": pgettext_lazy("state", "read"),
    "draft": _("draft"),
    "placed": _("placed"),
    "confirmed": _("confirmed"),
    "closed": _("closed"),
    "cancelled": _("cancelled"),
    "filed": _("party on file"),
    "registered": _("registered"),
    "loaded": _("loaded"),
    "declared": _("declared"),
    "inspecting": _("under inspection"),
    "released": _("released"),
    "settled": _("settled"),
    "exempted": _("tax exempted"),
    "sealed": _("sealed"),
    "staged": _("staged"),
    "delivered": _("delivered"),
    "ok": _("in order"),
    "review": _("to be reviewed"),
    "refused": _("refused"),
    "planned": _("planned"),
    "started": _("started"),
    "ready": _("ready"),
    "PLN": _("planned"),
    "EST": _("estimated"),
    "ACT": _("actual"),
}

#: how a state is felt: good, warn, bad; others are plain
MOODS = {
    "done": "good",
    "ordered": "good",
    "confirmed": "good",
    "released": "good",
    "settled": "good",
    "exempted": "good",
    "ok": "good",
    "ready": "good",
    "ACT": "good",
    "running": "busy",
    "inspecting": "warn",
    "review": "warn",
    "unmatched": "warn",
    "failed": "bad",
    "refused": "bad",
    "cancelled": "bad",
}

KINDS = {
    "line": pgettext_lazy("kind", "Line"),
    "order": pgettext_lazy("kind", "Order"),
    "carton": pgettext_lazy("kind", "Carton"),
    "share": pgettext_lazy("kind", "Share of a box"),
    "container": pgettext_lazy("kind", "Container"),
    "load_plan": pgettext_lazy("kind", "Load plan"),
    "equipment": pgettext_lazy("kind", "Container"),
    "customs_item": pgettext_lazy("kind", "Customs item"),
    "declaration": pgettext_lazy("kind", "Declaration"),
    "transfer": pgettext_lazy("kind", "Transfer"),
    "index_point": pgettext_lazy("kind", "Index point"),
}

ASPECTS = {
    "order": pgettext_lazy("aspect", "order"),
    "goods": pgettext_lazy("aspect", "goods"),
    "declared": pgettext_lazy("aspect", "declared"),
    "money": pgettext_lazy("aspect", "money"),
    "index": pgettext_lazy("aspect", "index"),
}

MODES = {
    "1039": _("Market procurement (1039)"),
    "0110": _("General trade (0110)"),
    "9610": _("E-commerce retail (9610)"),
    "9710": _("E-commerce B2B (9710)"),
    "9810": _("Overseas warehouse (9810)"),
}

TRANSPORT = {"sea": _("sea"), "rail": _("rail"), "air": _("air"), "road": _("road")}

MILESTONES = {
    "received": pgettext_lazy("milestone", "Received at the warehouse"),
    "loaded": pgettext_lazy("milestone", "Loaded"),
    "gate_in": pgettext_lazy("milestone", "At the terminal"),
    "departed": pgettext_lazy("milestone", "Departed"),
    "arrived": pgettext_lazy("milestone", "Arrived"),
    "discharged": pgettext_lazy("milestone", "Discharged"),
    "delivered": pgettext_lazy("milestone", "Delivered"),
}

PAPERS = {
    "trade_summary": _("Trade summary (PDF)"),
    "dossier_page": _("Dossier (page)"),
    "dossier": _("Dossier (JSON)"),
    "packing_list": _("Packing list"),
    "commercial_invoice": _("Commercial invoice"),
    "proforma": _("Proforma invoice"),
    "bill_of_lading": _("Bill of lading"),
}

NOUNS = {
    "role": ROLES,
    "step": STEPS,
    "state": STATES,
    "kind": KINDS,
    "aspect": ASPECTS,
    "mode": MODES,
    "transport": TRANSPORT,
    "milestone": MILESTONES,
    "paper": PAPERS,
}


def word(code: str, noun: str) -> str:
    """The word for a code in the reader's language, or the code itself.

    >>> word("none such", "state")
    'none such'
    """
    return str(NOUNS[noun].get(code, code))
