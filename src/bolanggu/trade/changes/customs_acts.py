"""Customs looks closer: an inspection holds the goods, ends with a release or a correction."""

from __future__ import annotations

from typing import Any, Literal

from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.services import conclude, inspect, release
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.lines import open_line
from bolanggu.trade.changes.models import StatedCode
from bolanggu.trade.changes.results import restate
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.declared import declarations_of

_OPEN = (Declaration.State.DECLARED, Declaration.State.INSPECTING)


@act("declaration", "inspect", title="Customs inspects", zh="海关查验", touches=("clearance",))
def customs_inspects(stand: Stand, *, reason: str, declaration: str = "") -> dict[str, Any]:
    """Customs opens the goods: the boxes stay until they are released.

    Before the goods are declared the trade is selected: its declarations are inspected as soon as they are sent.

    Parameters
    ----------
    reason
        Why these: a finding, a signal, at random.
    declaration
        Number of the declaration; all of the trade's, if empty.
    """
    stand.need("order", "an inspection", "there is nothing to declare yet")
    stand.need_not_departed("an inspection", "the goods have left the country")
    chosen = _declarations(stand, declaration, (Declaration.State.DECLARED,))
    if not chosen:
        if any("declare" in stand.shipments[number] for number in stand.open_shipments()):
            raise NotPossible(
                f"no declaration of trade {stand.number} waits for customs; one that is released cannot be inspected"
            )
        return {"selected": True, "declarations": [], "touches": []}
    for number in chosen:
        inspect(by=stand.hand, at=stand.at, number=number, note=reason)
    return {"selected": False, "declarations": chosen}


@act("declaration", "inspect", title="Customs concludes", zh="查验结论", touches=("clearance",))
def customs_concludes(
    stand: Stand, *, declaration: str, outcome: Literal["conforms", "differs", "referred"], found: str = ""
) -> dict[str, Any]:
    """An inspection ends: goods that conform can be released, goods that differ wait for a correction.

    Parameters
    ----------
    declaration
        Number of the declaration.
    outcome
        conforms, differs or referred.
    found
        What was found; needed unless it conforms.
    """
    chosen = _declarations(stand, declaration, (Declaration.State.INSPECTING,))
    if not chosen:
        raise NotPossible(f"declaration {declaration} is not being inspected")
    conclude(by=stand.hand, at=stand.at, number=declaration, outcome=outcome, found=found)
    return {"declaration": declaration, "outcome": outcome}


@act("declaration", "release", title="Customs releases", zh="海关放行", touches=("clearance",))
def customs_releases(stand: Stand, *, declaration: str = "", note: str = "") -> dict[str, Any]:
    """Customs releases the goods; boxes that were held for it can leave.

    Parameters
    ----------
    declaration
        Number of the declaration; all of the trade's that wait, if empty.
    note
        A word on it.
    """
    chosen = _declarations(stand, declaration, _OPEN)
    if not chosen:
        raise NotPossible(f"no declaration of trade {stand.number} waits for its release")
    for number in chosen:
        release(by=stand.hand, at=stand.at, number=number, note=note)
    _no_longer_held(stand, chosen)
    return {"declarations": chosen}


@act("declaration", "amend", title="Correct a customs code", zh="更正商品编码", touches=("codes",))
def correct_code(stand: Stand, *, line: str, hs10: str, reason: str) -> dict[str, Any]:
    """The broker gives a line another code: the declaration is drafted anew, the old version stays.

    Parameters
    ----------
    line
        Number of the line.
    hs10
        Ten digits of the tariff.
    reason
        Why.
    """
    stand.need_not_departed("another code", "amend the declaration with customs")
    open_line(stand, line)
    if len(hs10) != 10 or not hs10.isdigit():
        raise NotPossible(f'"{hs10}" is not a code of the tariff; write ten digits')
    by = stand.hand
    StatedCode.objects.create(
        line=line, hs10=hs10, reason=reason[:300], actor=by.name, source=by.source.value, stated_at=stand.at
    )
    return {"line": line, "hs10": hs10}


def _declarations(stand: Stand, number: str, states: tuple[str, ...]) -> list[str]:
    standing = [one for one in declarations_of(stand.number) if number in ("", one["id"])]
    if number and not standing:
        raise NotPossible(f"trade {stand.number} has no declaration {number}")
    return [one["id"] for one in standing if one["state"] in states]


def _no_longer_held(stand: Stand, released: list[str]) -> None:
    for shipment, done in stand.shipments.items():
        facts = dict(done.get("declare", {}))
        waits = facts.get("with_the_broker", [])
        if set(waits) & set(released):
            facts["with_the_broker"] = [one for one in waits if one not in released]
            facts["released"] = [*facts.get("released", []), *(one for one in waits if one in released)]
            restate(stand, shipment, "declare", facts, "released by customs")
