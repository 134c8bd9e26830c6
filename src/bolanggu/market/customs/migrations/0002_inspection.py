"""Inspections by customs, and what they found."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("customs", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("market", models.PositiveSmallIntegerField(db_default=1, default=1)),
                (
                    "source",
                    models.CharField(
                        choices=[("person", "person"), ("device", "device"), ("simulated", "simulated")],
                        default="person",
                        max_length=9,
                    ),
                ),
                ("stated_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why these goods: a finding, a signal, at random", max_length=500
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("conforms", "查验正常"), ("differs", "查验异常"), ("referred", "移送处理")],
                        max_length=8,
                    ),
                ),
                ("found", models.CharField(blank=True, max_length=500)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("concluded_by", models.CharField(blank=True, max_length=64)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="customs.declaration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["declaration"],
                        condition=Q(concluded_at=None),
                        name="customs_inspection_one_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(outcome="", concluded_at=None) | (~Q(outcome="") & Q(concluded_at__isnull=False)),
                        name="customs_inspection_concluded",
                    ),
                    models.CheckConstraint(
                        condition=~Q(outcome__in=["differs", "referred"]) | ~Q(found=""),
                        name="customs_inspection_says_what",
                    ),
                ],
            },
        ),
    ]
