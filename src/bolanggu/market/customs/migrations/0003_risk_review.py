"""Reviews that risk signals opened."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("customs", "0002_inspection")]

    operations = [
        migrations.CreateModel(
            name="RiskReview",
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
                ("score_ppm", models.PositiveIntegerField(help_text="calibrated probability in millionths")),
                ("lane", models.CharField(max_length=6)),
                ("reasons", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("cleared", "排除"), ("confirmed", "属实")], max_length=9),
                ),
                ("found", models.CharField(blank=True, max_length=500)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("concluded_by", models.CharField(blank=True, max_length=64)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="customs.declaration"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["declaration"], condition=Q(outcome=""), name="customs_review_one_open"
                    ),
                    models.CheckConstraint(condition=Q(score_ppm__lte=1_000_000), name="customs_review_score"),
                    models.CheckConstraint(
                        condition=Q(outcome="", concluded_at=None)
                        | (~Q(outcome="") & ~Q(found="") & Q(concluded_at__isnull=False)),
                        name="customs_review_concluded",
                    ),
                ],
            },
        ),
    ]
