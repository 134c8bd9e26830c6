"""Applying (落实修订): one accepted line becomes a row. An alteration says what stood before."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from bolanggu.blueprint.models import Change, Document, Indicator, Mention, Node, Observation, Target
from bolanggu.platform.accounts.grants import Actor

#: fields of a node that a proposal may alter
ALTERABLE = ("label_zh", "label_en", "driver_zh", "driver_en", "period", "position")


class ChangeDoesNotFit(ValueError):
    """A line cannot be applied to the tree as it stands."""

    code = "change_does_not_fit"


class Applying:
    """Applies the lines of one proposal in order, all from one document and by one person."""

    def __init__(self, by: Actor, at: datetime, document: Document | None) -> None:
        self._by = by
        self._stated: dict[str, Any] = {"source": by.source.value, "stated_at": at}
        self._document = document
        self._codes: dict[str, str] = {}

    def apply(self, change: Change) -> None:
        """Apply one line.

        Raises
        ------
        ChangeDoesNotFit
            It names what does not stand, or alters what changed since.
        """
        deeds = {
            ("add", "indicator"): self._add_indicator,
            ("add", "observation"): self._add_observation,
            ("add", "node"): self._add_node,
            ("add", "target"): self._add_target,
            ("mention", "node"): self._mention,
            ("alter", "node"): self._alter_node,
            ("withdraw", "node"): self._withdraw_node,
        }
        deed = deeds.get((change.act, change.thing))
        if deed is None:
            raise ChangeDoesNotFit(f"line {change.position}: a proposal cannot {change.act} a {change.thing}")
        deed(change)

    def _place(self, after: dict[str, Any]) -> dict[str, Any]:
        if self._document is None or after.get("start") is None:
            return {}
        return {"document": self._document, "start": after["start"], "end": after["end"]}

    def _add_indicator(self, change: Change) -> None:
        facts = {key: change.after[key] for key in ("label_zh", "names", "unit", "nature", "direction", "base")}
        Indicator.objects.get_or_create(code=change.code[:40], defaults=facts | self._stated)

    def _add_observation(self, change: Change) -> None:
        after = change.after
        place = self._place(after)
        if not place:
            raise ChangeDoesNotFit(f"line {change.position}: an observation needs its document and span")
        document = place["document"]
        Observation.objects.get_or_create(
            indicator=self._indicator(change, after["indicator"]),
            period=after["period"],
            comparator=after["comparator"],
            origin=f"text:{document.sha256}:{after['start']}-{after['end']}",
            defaults={
                "value": Decimal(after["value"]),
                "precision": Decimal(after["precision"]),
                "bound": after["bound"],
                "status": after.get("status", "A"),
                "qualifier": after["qualifier"],
                "vintage": document.dated.isoformat() if document.dated else "",
                "reader": "figures 1",
                "checked_by": self._by.name,
                **place,
                **self._stated,
            },
        )

    def _indicator(self, change: Change, code: str) -> Indicator:
        found = Indicator.objects.filter(code=code[:40]).first()
        if found is None:
            raise ChangeDoesNotFit(f"line {change.position}: there is no indicator {code}; keep the line that adds it")
        return found

    def _add_node(self, change: Change) -> None:
        after = change.after
        parent = self._node(change, after["parent"]) if after.get("parent") else None
        own = self._document.key if self._document else "own"
        self._codes[change.code] = f"{own}-{change.code}"[:48]
        facts = {
            "kind": after["kind"],
            "parent": parent,
            "label_zh": after["label_zh"],
            "label_en": after.get("label_en", ""),
            "driver_zh": after.get("driver_zh", ""),
            **self._place(after),
        }
        Node.objects.get_or_create(code=self._codes[change.code], defaults=facts | self._stated)

    def _node(self, change: Change, code: str) -> Node:
        found = Node.objects.select_for_update().filter(code=self._codes.get(code, code)).first()
        if found is None:
            raise ChangeDoesNotFit(f"line {change.position}: there is no box {code}; keep the line that adds it")
        return found

    def _add_target(self, change: Change) -> None:
        after = change.after
        node = self._node(change, after["node"]) if after.get("node") else Node.objects.filter(parent=None).first()
        if node is None or not after["by"]:
            raise ChangeDoesNotFit(
                f"line {change.position}: a target needs a box and a year; drop the line or name them"
            )
        listed = Indicator.objects.order_by("pk") if after.get("indicator") else []
        indicator = next((one for one in listed if after["indicator"] in (one.label_zh, *one.names)), None)
        own = self._document.key if self._document else "own"
        facts = {
            "node": node,
            "label_zh": after["label_zh"],
            "by": after["by"],
            "indicator": indicator,
            "value": Decimal(after["value"]) if indicator and after.get("value") is not None else None,
            **self._place(after),
        }
        Target.objects.get_or_create(code=f"{own}-{change.code}"[:64], defaults=facts | self._stated)

    def _mention(self, change: Change) -> None:
        place = self._place(change.after)
        if not place:
            raise ChangeDoesNotFit(f"line {change.position}: a mention needs its document and span")
        defaults = {"end": place["end"], **self._stated}
        Mention.objects.get_or_create(
            node=self._node(change, change.code), document=place["document"], start=place["start"], defaults=defaults
        )

    def _alter_node(self, change: Change) -> None:
        node = self._node(change, change.code)
        for name, value in change.after.items():
            if name not in ALTERABLE:
                raise ChangeDoesNotFit(f"line {change.position}: {name} of a box cannot be altered")
            if name in change.before and getattr(node, name) != change.before[name]:
                raise ChangeDoesNotFit(f"line {change.position}: {name} of {node.code} changed since; propose anew")
            setattr(node, name, value)
        node.version += 1
        node.save()

    def _withdraw_node(self, change: Change) -> None:
        node = self._node(change, change.code)
        if node.children.filter(state=Node.State.STANDING).exists():
            raise ChangeDoesNotFit(f"line {change.position}: boxes stand under {node.code}; withdraw them first")
        node.state, node.version = Node.State.WITHDRAWN, node.version + 1
        node.save(update_fields=["state", "version"])
