"""Bookings and ways are of shipments; a trade that ships alone is the shipment of its own number."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("transport", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("booking", "transport_booking_live"),
        migrations.RemoveConstraint("way", "transport_way_once"),
        migrations.RemoveConstraint("way", "transport_way_one_chosen"),
        migrations.RenameField("booking", "trade", "shipment"),
        migrations.RenameField("way", "trade", "shipment"),
        migrations.AlterField(
            "booking",
            "shipment",
            models.CharField(max_length=32, help_text="a trade that ships alone is the shipment of its own number"),
        ),
        migrations.AddConstraint(
            "booking",
            models.UniqueConstraint(
                fields=["market", "shipment"], condition=~Q(state="cancelled"), name="transport_booking_live"
            ),
        ),
        migrations.AddConstraint(
            "way",
            models.UniqueConstraint(fields=["market", "shipment", "version", "position"], name="transport_way_once"),
        ),
        migrations.AddConstraint(
            "way",
            models.UniqueConstraint(
                fields=["market", "shipment", "version"], condition=Q(chosen=True), name="transport_way_one_chosen"
            ),
        ),
    ]
