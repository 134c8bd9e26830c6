from django.db import migrations, models
from django.db.models import F, Max


def number_events(apps, editor):
    event, serial = apps.get_model("tracking", "TrackingEvent"), apps.get_model("numbering", "Serial")
    event.objects.update(position=F("id"))
    last = event.objects.aggregate(last=Max("position"))["last"]
    if last:
        serial.objects.update_or_create(market=1, name="tracking_event", defaults={"next": last + 1})


def keep(apps, editor):
    pass


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_initial"), ("numbering", "0001_initial")]

    operations = [
        migrations.AddField("trackingevent", "position", models.PositiveBigIntegerField(null=True)),
        migrations.RunPython(number_events, keep),
        migrations.RemoveConstraint("trackingevent", "tracking_event_once"),
    ]
