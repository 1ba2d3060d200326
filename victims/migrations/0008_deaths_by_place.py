from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('victims', '0007_possibly_living'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='death',
            index=models.Index(condition=models.Q(('burial_place__isnull', False)), fields=['burial_place'], name='death_by_burial'),
        ),
        migrations.AddIndex(
            model_name='death',
            index=models.Index(condition=models.Q(('place__isnull', False)), fields=['place'], name='death_by_place'),
        ),
    ]
