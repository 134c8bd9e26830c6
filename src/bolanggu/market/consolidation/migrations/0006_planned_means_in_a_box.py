"""A carton is planned or loaded exactly while it is in a box. Apart, since PostgreSQL alters no table with open checks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consolidation", "0005_in_a_box")]

    operations = [
        migrations.AddConstraint(
            model_name="poolentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("plan__isnull", False), ("state__in", ["planned", "loaded"])),
                    models.Q(models.Q(("state__in", ["planned", "loaded"]), _negated=True), ("plan__isnull", True)),
                    _connector="OR",
                ),
                name="consolidation_pool_in_a_box",
            ),
        ),
    ]
