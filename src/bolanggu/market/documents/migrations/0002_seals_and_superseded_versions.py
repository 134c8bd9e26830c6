"""Papers keep their facts' digest, seal and place in the journal; versions before the last are marked superseded."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_superseded(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    document = apps.get_model("documents", "Document")
    standing: dict[tuple[int, str], Any] = {}
    for row in document.objects.order_by("market", "number", "-version"):
        if (row.market, row.number) in standing:
            row.superseded, row.reason = True, "a later version was issued"
            row.superseded_at = standing[row.market, row.number]
        standing[row.market, row.number] = row.stated_at
        row.paper = row.number
        row.save()


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        *(
            migrations.AddField("document", name, field)
            for name, field in (
                (
                    "paper",
                    models.CharField(
                        max_length=64,
                        blank=True,
                        help_text="number of the paper that the file is a form of",
                    ),
                ),
                ("language", models.CharField(max_length=5, blank=True, help_text="zh | en | both")),
                ("facts", models.CharField(max_length=64, blank=True)),
                ("figures", models.JSONField(default=dict, blank=True)),
                (
                    "key",
                    models.CharField(max_length=64, blank=True, help_text="public key of the seal, hex"),
                ),
                ("signature", models.CharField(max_length=128, blank=True)),
                ("journal_sequence", models.BigIntegerField(default=0)),
                ("journal_head", models.CharField(max_length=64, blank=True)),
                ("superseded", models.BooleanField(default=False, db_default=False)),
                ("superseded_at", models.DateTimeField(null=True, blank=True)),
                (
                    "reason",
                    models.CharField(max_length=300, blank=True, help_text="why a later version replaced it"),
                ),
            )
        ),
        migrations.AlterField(
            "document",
            "kind",
            models.CharField(help_text="dossier_page | packing_list | commercial_invoice | …", max_length=32),
        ),
        migrations.RunPython(mark_superseded, migrations.RunPython.noop),
        migrations.AddConstraint(
            "document",
            models.UniqueConstraint(
                fields=["market", "number"], condition=models.Q(superseded=False), name="documents_document_current"
            ),
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=models.Q(superseded=False) | ~models.Q(reason=""), name="documents_document_reason"
            ),
        ),
    ]
