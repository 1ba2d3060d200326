import django.db.models.deletion
import memorial.fields
import sources.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Short permanent id, as in --source ID.', max_length=100, unique=True)),
                ('kind', models.CharField(choices=[('book', 'memorial book'), ('volume', 'volume of a memorial book'), ('archival_unit', 'archival unit'), ('archival_document', 'archival document'), ('database', 'database'), ('article', 'article'), ('publication', 'publication'), ('testimony', 'testimony'), ('synthetic', 'synthetic demonstration persons')], max_length=20)),
                ('title', models.CharField(max_length=500)),
                ('creator', models.CharField(blank=True, max_length=300)),
                ('contributor', models.CharField(blank=True, max_length=300)),
                ('publisher', models.CharField(blank=True, max_length=300)),
                ('issued', memorial.fields.EDTFField(blank=True, bounds=False, default='', help_text='Date of issue or of the document, EDTF.', max_length=200)),
                ('language', models.CharField(blank=True, help_text='BCP 47 codes, e.g. ru', max_length=20)),
                ('identifier', models.CharField(blank=True, help_text='ISBN, DOI or address.', max_length=200)),
                ('extent', models.CharField(blank=True, help_text='Pages, leaves or entries.', max_length=200)),
                ('volume', models.CharField(blank=True, max_length=50)),
                ('rights', models.CharField(blank=True, help_text='Licence, or what is known of it.', max_length=300)),
                ('coverage', models.TextField(blank=True, help_text='Places and times it covers.')),
                ('coverage_bias', models.TextField(blank=True, help_text='Whom it leaves out, e.g. those convicted as ordinary criminals.')),
                ('description', models.TextField(blank=True)),
                ('level', models.CharField(blank=True, choices=[('repository', 'repository'), ('fonds', 'fonds'), ('opis', 'opis (inventory)'), ('delo', 'delo (file)')], max_length=20)),
                ('code', models.CharField(blank=True, help_text="This level's own number: Р-7523, П-1234.", max_length=100)),
                ('issued_earliest', models.DateField(blank=True, editable=False, null=True)),
                ('issued_latest', models.DateField(blank=True, editable=False, null=True)),
                ('parent', models.ForeignKey(blank=True, help_text='The book of a volume; the archival unit one level above.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='sources.source')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issued', ''), ('issued_earliest__isnull', True), ('issued_latest__isnull', True)), models.Q(models.Q(('issued', ''), _negated=True), ('issued_earliest__isnull', False), ('issued_earliest__lte', models.F('issued_latest')), ('issued_latest__isnull', False)), _connector='OR'), name='source_issued_bounds'), models.CheckConstraint(condition=models.Q(('kind', sources.models.SourceKind['ARCHIVAL_UNIT']), ('level', ''), _connector='XOR'), name='source_level_of_archival_units'), models.CheckConstraint(condition=models.Q(models.Q(('kind', sources.models.SourceKind['VOLUME']), _negated=True), ('parent__isnull', False), _connector='OR'), name='source_volume_has_a_book'), models.UniqueConstraint(condition=models.Q(('kind', sources.models.SourceKind['ARCHIVAL_UNIT'])), fields=('parent', 'level', 'code'), name='source_unit_once')],
            },
        ),
    ]
