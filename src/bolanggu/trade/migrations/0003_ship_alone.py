"""Trades that were booked before there were shipments become shipments of their own."""

from typing import Any

from django.db import migrations

SHIPPING = ("book", "load", "declare", "depart", "follow")


def ship_alone(apps: Any, editor: Any) -> None:  # noqa: ARG001
    """Each trade that was booked is the shipment of its own number; its steps from booking on are the shipment's."""
    get = apps.get_model
    trade_model, step, made = get("trade", "Trade"), get("trade", "StepDone"), get("trade", "ShipmentStep")
    shipment, part = get("consolidation", "Shipment"), get("consolidation", "ShipmentTrade")
    for trade in trade_model.objects.filter(steps__name="book").distinct().iterator():
        own = shipment.objects.create(
            number=trade.number,
            destination=trade.destination,
            agent=trade.cast.get("agent", ""),
            not_before=trade.depart_on,
            cast=trade.cast,
            source=trade.source,
            stated_at=trade.stated_at,
        )
        part.objects.create(shipment=own, trade=trade.number)
        moved = step.objects.filter(trade=trade, name__in=SHIPPING).order_by("pk")
        for mark in moved:
            facts = mark.facts
            if mark.name == "declare":
                facts = {**facts, "references": [{"ref": trade.number, "trades": [trade.number]}]}
            made.objects.create(shipment=own, name=mark.name, at=mark.at, facts=facts, milliseconds=mark.milliseconds)
        moved.delete()
        get("consolidation", "PoolEntry").objects.filter(trade=trade.number).update(shipment=trade.number)


class Migration(migrations.Migration):
    dependencies = [("trade", "0002_shipment_steps"), ("consolidation", "0003_shipments")]

    operations = [migrations.RunPython(ship_alone, migrations.RunPython.noop)]
