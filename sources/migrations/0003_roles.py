"""The groups that are roles (memorial.accounts.Role). Code never relies on them: an emptied database lacks them."""

from django.db import migrations

ROLES = ("administrator", "editor", "archivist")


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):

    dependencies = [
        ("sources", "0002_appointment"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
