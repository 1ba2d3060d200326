"""Who may be living and is told of by no published source is held back (``models.projection``)."""

from django.db import migrations, models

PUBLISHED = ("book", "volume", "publication", "article", "database")


def withhold(apps, schema_editor):
    """Say of the people who are there already until when they are held back, as ``projection`` does."""
    Victim, Entry = apps.get_model("victims", "Victim"), apps.get_model("victims", "Entry")
    told = {
        "Death": {},
        "Imprisonment": {"ended__in": ("died", "executed")},
        "OfficialNotice": {},
    }
    found = Victim.objects.filter(synthetic=False, death="", manner="", burial_place=None).exclude(birth="")
    live = Entry.objects.filter(victim=models.OuterRef("pk"), removed=False)
    found = found.filter(models.Exists(live)).exclude(models.Exists(live.filter(source__kind__in=PUBLISHED)))
    for name, condition in told.items():
        rows = apps.get_model("victims", name).objects.filter(victim=models.OuterRef("pk"), **condition)
        if name == "OfficialNotice":
            rows = rows.exclude(told_date="", told_cause="")
        found = found.exclude(models.Exists(rows))
    for victim in found.only("birth_latest").iterator(chunk_size=2000):
        born = victim.birth_latest
        year, rest = born.year + 110, f"{born:-%m-%d}"
        until = "9999-12-31" if year > 9999 else f"{year:04}{'-03-01' if rest == '-02-29' else rest}"
        Victim.objects.filter(pk=victim.pk).update(withheld_until=until)


class Migration(migrations.Migration):
    dependencies = [("victims", "0006_pages_of_people"), ("sources", "0004_names")]
    operations = [
        migrations.AddField("victim", "withheld_until", models.DateField(blank=True, editable=False, null=True)),
        migrations.RunPython(withhold, migrations.RunPython.noop),
    ]
