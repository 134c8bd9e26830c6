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
    "papers": _("Papers"),
    "settle": _("Settlement"),
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
    "due": _("due"),
    "late": _("late"),
    "counted": _("counted"),
    "stale": _("stale"),
    "superseded": _("superseded"),
    "taken": _("taken"),
    "left": _("left behind"),
    "deposit_held": _("deposit in"),
    "unmatched_money": _("not matched"),
    "unreadable": _("not readable"),
    "conforms": _("conforms"),
    "differs": _("differs"),
    "referred": _("referred"),
    "cleared": _("cleared"),
    "yellow": pgettext_lazy("lane", "yellow"),
    "red": pgettext_lazy("lane", "red"),
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
    "matched": "good",
    "counted": "good",
    "running": "busy",
    "declared": "busy",
    "deposit_held": "busy",
    "placed": "busy",
    "due": "warn",
    "stale": "warn",
    "left": "warn",
    "unreadable": "warn",
    "late": "bad",
    "red": "bad",
    "yellow": "warn",
    "unmatched_money": "warn",
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
    "trade": pgettext_lazy("kind", "Trade"),
    "paper": pgettext_lazy("kind", "Paper"),
    "payment": pgettext_lazy("kind", "Payment"),
    "statement": pgettext_lazy("kind", "Statement"),
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
    "proforma_invoice": _("Proforma invoice"),
    "bill_of_lading_draft": pgettext_lazy("paper", "Bill of lading, draft"),
    "booking_request": pgettext_lazy("paper", "Booking request (SO)"),
    "buyer_statement": pgettext_lazy("paper", "Buyer's statement"),
    "consolidated_goods_list": pgettext_lazy("paper", "List of consolidated goods"),
    "container_load_plan": pgettext_lazy("paper", "Container load plan (CLP)"),
    "declaration_draft": pgettext_lazy("paper", "Declaration, draft"),
    "merchant_statement": pgettext_lazy("paper", "Merchant's statement"),
    "origin_application": pgettext_lazy("paper", "Application for a certificate of origin"),
    "proxy_agreement": pgettext_lazy("paper", "Power of attorney for declaring"),
    "purchase_order": pgettext_lazy("paper", "Order to a merchant"),
    "shipping_marks": pgettext_lazy("paper", "Shipping marks and labels"),
    "verified_gross_mass": pgettext_lazy("paper", "Verified gross mass (VGM)"),
    "warehouse_receipt": pgettext_lazy("paper", "Warehouse receipt"),
}

#: what a transfer was for, in a merchant's statement
PURPOSES = {
    "deposit": pgettext_lazy("purpose", "deposit"),
    "balance": pgettext_lazy("purpose", "balance"),
    "payout": pgettext_lazy("purpose", "paid out"),
    "commission_merchant": pgettext_lazy("purpose", "commission"),
    "charge_collected": pgettext_lazy("purpose", "charge"),
    "returned": pgettext_lazy("purpose", "returned"),
    "advance": pgettext_lazy("purpose", "advance"),
    "advance_repaid": pgettext_lazy("purpose", "advance repaid"),
}

#: acts of `trade.changes` by name
ACTS = {
    "renew_quotes": pgettext_lazy("act", "Ask for quotes anew"),
    "refuse_order": pgettext_lazy("act", "Refuse the order"),
    "redate_order": pgettext_lazy("act", "Move the day"),
    "take_offer": pgettext_lazy("act", "Take another merchant's offer"),
    "add_line": pgettext_lazy("act", "Add a line"),
    "cancel_line": pgettext_lazy("act", "Cancel a line"),
    "change_port": pgettext_lazy("act", "Change the port"),
    "change_terms": pgettext_lazy("act", "Change the terms"),
    "receive_payment": pgettext_lazy("act", "A payment came in"),
    "convert_payment": pgettext_lazy("act", "Convert an unmatched payment"),
    "return_payment": pgettext_lazy("act", "Return an unmatched payment"),
    "deliver_late": pgettext_lazy("act", "Delivery comes late"),
    "deliver_short": pgettext_lazy("act", "Delivered short"),
    "deliver_wrong": pgettext_lazy("act", "Delivered the wrong item"),
    "deliver_rest": pgettext_lazy("act", "The rest came"),
    "measure_cartons": pgettext_lazy("act", "Measure cartons"),
    "inspect_goods": pgettext_lazy("act", "Inspect goods"),
    "roll_box": pgettext_lazy("act", "The box was rolled"),
    "customs_inspects": pgettext_lazy("act", "Customs inspects"),
    "customs_concludes": pgettext_lazy("act", "Customs concludes"),
    "customs_releases": pgettext_lazy("act", "Customs releases"),
    "correct_code": pgettext_lazy("act", "Correct a customs code"),
    "claim_missing": pgettext_lazy("act", "Cartons are missing"),
    "claim_settled": pgettext_lazy("act", "Settle a claim"),
    "claim_ended": pgettext_lazy("act", "Reject or withdraw a claim"),
}

#: fields of acts by name
FIELDS = {
    "answer": pgettext_lazy("field", "Answer"),
    "arrives_on": pgettext_lazy("field", "Arrives on"),
    "bill_of_lading": pgettext_lazy("field", "Bill of lading"),
    "box": pgettext_lazy("field", "Container"),
    "cartons": pgettext_lazy("field", "Cartons (SSCC)"),
    "claim": pgettext_lazy("field", "Claim"),
    "critical": pgettext_lazy("field", "Critical defects"),
    "currency": pgettext_lazy("field", "Currency"),
    "declaration": pgettext_lazy("field", "Declaration"),
    "destination": pgettext_lazy("field", "Destination"),
    "found": pgettext_lazy("field", "What was found"),
    "freight": pgettext_lazy("field", "Freight"),
    "gross_g": pgettext_lazy("field", "Gross mass, g"),
    "h_mm": pgettext_lazy("field", "Height, mm"),
    "hs10": pgettext_lazy("field", "Customs code, ten digits"),
    "incoterm": pgettext_lazy("field", "Incoterm"),
    "l_mm": pgettext_lazy("field", "Length, mm"),
    "liable": pgettext_lazy("field", "Who is liable"),
    "line": pgettext_lazy("field", "Line"),
    "major": pgettext_lazy("field", "Major defects"),
    "minor": pgettext_lazy("field", "Minor units (defects or money)"),
    "money": pgettext_lazy("field", "Money paid for it"),
    "not_before": pgettext_lazy("field", "Not before"),
    "note": pgettext_lazy("field", "Note"),
    "number": pgettext_lazy("field", "Bank's number"),
    "order": pgettext_lazy("field", "Order"),
    "outcome": pgettext_lazy("field", "Outcome"),
    "pieces": pgettext_lazy("field", "Pieces"),
    "place": pgettext_lazy("field", "Named place"),
    "product": pgettext_lazy("field", "Goods (code)"),
    "ready_on": pgettext_lazy("field", "Ready on"),
    "reason": pgettext_lazy("field", "Reason"),
    "remedy": pgettext_lazy("field", "What the buyer wants"),
    "rest_on": pgettext_lazy("field", "The rest comes on"),
    "shipment": pgettext_lazy("field", "Shipment"),
    "w_mm": pgettext_lazy("field", "Width, mm"),
}

#: what a field of an act is chosen from
CHOICES = {
    "keep": pgettext_lazy("choice", "keep it for other lines"),
    "refund": pgettext_lazy("choice", "money back"),
    "wait": pgettext_lazy("choice", "wait for the rest"),
    "prepaid": pgettext_lazy("choice", "prepaid"),
    "collect": pgettext_lazy("choice", "collect"),
    "original": pgettext_lazy("choice", "original"),
    "telex_release": pgettext_lazy("choice", "telex release"),
    "waybill": pgettext_lazy("choice", "waybill"),
    "conforms": _("conforms"),
    "differs": _("differs"),
    "referred": _("referred"),
    "rejected": pgettext_lazy("choice", "rejected"),
    "withdrawn": pgettext_lazy("choice", "withdrawn"),
    "carrier": _("Carrier"),
    "merchant": _("Merchant"),
    "agent": _("Trading agent"),
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
    "purpose": PURPOSES,
    "act": ACTS,
    "field": FIELDS,
    "choice": CHOICES,
}


def word(code: str, noun: str) -> str:
    """The word for a code in the reader's language, or the code itself.

    >>> word("none such", "state")
    'none such'
    """
    return str(NOUNS[noun].get(code, code))
