"""Load plans are of shipments; a trade that ships alone is the shipment of its own number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consolidation", "0001_initial")]

    operations = [
        migrations.RemoveIndex("loadplan", "consolidation_plan_trade"),
        migrations.RenameField("loadplan", "trade", "shipment"),
        migrations.AlterField(
            "loadplan",
            "shipment",
            models.CharField(max_length=32, help_text="number of the shipment it belongs to"),
        ),
        migrations.AddIndex(
            "loadplan", models.Index(fields=["market", "shipment"], name="consolidation_plan_shipment")
        ),
    ]
