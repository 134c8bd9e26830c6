"""Entries and seals are never changed and never deleted."""

from django.db import migrations

from bolanggu.platform.schema import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [append_only_operation("journal_entry"), append_only_operation("journal_seal")]
