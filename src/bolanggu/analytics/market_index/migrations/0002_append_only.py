"""Observed lines and index points are never changed and never deleted."""

from django.db import migrations

from bolanggu.platform.schema import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("market_index", "0001_initial")]
    operations = [append_only_operation("market_index_observation"), append_only_operation("market_index_indexpoint")]
