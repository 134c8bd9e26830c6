"""Act (行为): one thing that may happen to a trade, done wholly or not at all, once a key."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, get_type_hints

from django.db import transaction

from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import allowed
from bolanggu.platform.again import again
from bolanggu.trade.changes.arguments import Field, as_data, fields_of
from bolanggu.trade.changes.models import Change
from bolanggu.trade.changes.parties import on_its_behalf
from bolanggu.trade.changes.scene import KeyReused, Scene, Stand, UnknownTrade, stand_of
from bolanggu.trade.changes.staleness import mark
from bolanggu.trade.models import Trade

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did: its number in the trade, its facts, and the steps whose results it made stale."""

    trade: str
    sequence: int
    act: str
    done: Mapping[str, Any]
    stale: tuple[str, ...]
    fresh: bool


@dataclass(frozen=True)
class Act(Generic[P]):
    """An act by name: what it needs, what it touches, its words for a form, and the deed itself.

    Calling it does it: ``refuse_order(Scene(...), order="T-001", reason="out of stock")``.
    """

    name: str
    thing: str
    action: str
    title: str
    title_zh: str
    touches: tuple[str, ...]
    deed: Callable[Concatenate[Stand, P], dict[str, Any]]

    def __call__(self, scene: Scene, /, *args: P.args, **wishes: P.kwargs) -> Outcome:
        """Do it in one transaction. The same key again answers as before and changes nothing.

        Raises
        ------
        NotGranted
            ``scene.by`` may not do this, or not in this trade.
        NotPossible
            The trade's state does not allow it; nothing was changed.
        KeyReused
            The key stands for something else.
        UnknownTrade
            There is no such trade.
        """
        allowed(scene.by, self.thing, self.action)
        bound = inspect.signature(self.deed).bind_partial(None, *args, **wishes)
        asked = as_data(dict(list(bound.arguments.items())[1:]))

        @transaction.atomic
        def do() -> Outcome:
            trade = Trade.objects.select_for_update().filter(number=scene.trade).first()
            if trade is None:
                raise UnknownTrade(f"no trade goes by {scene.trade}; write the number of a trade, such as TQJKMGKNJFB")
            on_its_behalf(scene.by, trade, self.thing, self.action, asked)
            standing = Change.objects.filter(trade=trade.number, key=scene.key).first()
            if standing is not None:
                return self._again(standing, asked)
            stand = stand_of(scene, trade)
            return self._written(stand, asked, self.deed(stand, *args, **wishes))

        return again(do)

    def _again(self, standing: Change, asked: Mapping[str, Any]) -> Outcome:
        if (standing.act, standing.asked) != (self.name, asked):
            raise KeyReused(
                f"key {standing.key} stands for {standing.act} of {standing.trade} with other wishes; take a new key"
            )
        stale = tuple(dict.fromkeys(standing.stale.order_by("pk").values_list("step", flat=True)))
        return Outcome(standing.trade, standing.sequence, self.name, standing.done, stale, fresh=False)

    def _written(self, stand: Stand, asked: Mapping[str, Any], done: dict[str, Any]) -> Outcome:
        scene = stand.scene
        touches = list(done.pop("touches", self.touches))
        sequence = Change.objects.filter(trade=stand.number).count() + 1
        change = Change.objects.create(
            trade=stand.number,
            sequence=sequence,
            key=scene.key,
            act=self.name,
            asked=dict(asked),
            done=as_data(done),
            touches=touches,
            reached=stand.reached,
            actor=scene.by.name,
            source=scene.by.source.value,
            stated_at=scene.at,
        )
        stale = mark(change, stand, touches)
        payload = {"act": self.name, "sequence": sequence, "asked": dict(asked), "stale": list(stale)}
        outbox.write(kind="trade.changed", subject=stand.number, at=scene.at, by=scene.by, payload=payload)
        return Outcome(stand.number, sequence, self.name, change.done, stale, fresh=True)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What a form asks for, in the order of the deed's arguments."""
        return fields_of(inspect.signature(self.deed), get_type_hints(self.deed), inspect.getdoc(self.deed) or "")

    @property
    def says(self) -> str:
        """The first line of the deed's own words."""
        return (inspect.getdoc(self.deed) or "").partition("\n")[0]


def act(
    thing: str, action: str, *, title: str, zh: str, touches: tuple[str, ...]
) -> Callable[[Callable[Concatenate[Stand, P], dict[str, Any]]], Act[P]]:
    """Make an act of a deed that takes the stand of a trade and gives its facts as JSON data.

    ``touches`` names the aspects of a trade that it changes (see `staleness.DEPENDS`); a deed may narrow them by a
    key ``touches`` among its facts.
    """

    def made(deed: Callable[Concatenate[Stand, P], dict[str, Any]]) -> Act[P]:
        return Act(deed.__name__, thing, action, title, zh, touches, deed)

    return made
