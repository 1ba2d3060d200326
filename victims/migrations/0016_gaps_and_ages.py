"""What nobody tells of a person, and their age at the first arrest, as columns (``models.gaps``)."""

from collections import defaultdict

from django.db import migrations, models

from victims.models import facts
from victims.models.gaps import measured

STEP = 2000
#: Kind of fact -> what of it is asked; those that several entries may tell are asked once.
ASKED = {
    facts.Trait: ("kind",),
    facts.Birth: ("date", "date_printed"),
    facts.Arrest: ("date", "date_printed"),
    facts.Sentence: ("date", "date_printed", "kind", "verdict_id", "body_id"),
    facts.Death: ("date", "date_printed", "place_id", "burial_place_id"),
}
MEASURES = ("gaps", "age_lowest", "age_highest")
ONCE = (facts.Arrest, facts.Sentence)
SHOWN = ("sex", "birth", "death", "residence_id", "birth_earliest", "birth_latest", "death_earliest", "death_latest")


def measure(apps, schema_editor):
    """Measure the people who are there already; it reads every fact once, some ten minutes for a million people."""
    Victim, last = apps.get_model("victims", "Victim"), 0
    while people := list(Victim.objects.filter(pk__gt=last).order_by("pk").only(*SHOWN)[:STEP]):
        last = people[-1].pk
        told = defaultdict(lambda: defaultdict(list))
        for model, columns in ASKED.items():
            rows = apps.get_model("victims", model.__name__).objects.filter(
                entry__victim__in=[one.pk for one in people], entry__removed=False
            )
            rows = rows.filter(same_as=None) if model in ONCE else rows
            for row in rows.values_list("victim_id", *columns, named=True):
                told[row.victim_id][model].append(row)
        measures = []
        for one in people:
            shown = {name: getattr(one, name) for name in SHOWN}
            for name in SHOWN[4:]:
                shown[name] = shown[name] and shown[name].isoformat()
            found = measured(shown, told[one.pk])
            measures.append((*(found[name] for name in MEASURES), one.pk))
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE victims_victim SET gaps = %s, age_lowest = %s, age_highest = %s WHERE id = %s", measures
            )


class Migration(migrations.Migration):

    dependencies = [
        ('victims', '0015_derived_columns'),
    ]

    operations = [
        migrations.AddField(
            model_name='victim',
            name='age_highest',
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='victim',
            name='age_lowest',
            field=models.PositiveSmallIntegerField(editable=False, help_text='At the first arrest.', null=True),
        ),
        migrations.AddField(
            model_name='victim',
            name='gaps',
            field=models.PositiveIntegerField(default=0, editable=False, help_text='What nobody tells, as bits.'),
        ),
        migrations.RunPython(measure, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='victim',
            index=models.Index(fields=['gaps'], name='victim_by_gaps'),
        ),
        migrations.AddIndex(
            model_name='victim',
            index=models.Index(fields=['age_lowest', 'age_highest'], name='victim_by_age'),
        ),
    ]
