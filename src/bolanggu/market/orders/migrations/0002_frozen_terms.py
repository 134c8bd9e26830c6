"""Terms are frozen: a change is a new row."""

from django.db import migrations

from bolanggu.platform.schema import append_only_operation


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [append_only_operation("orders_terms")]
