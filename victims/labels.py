"""What the places of the record form are called: English labels that gettext translates (pure).

Where fixtures/fields.csv names a field, the label and its Russian translation are the table's.
"""

import re

from memorial.coded import gettext_noop as _
from victims.prose import body_name, translated

LABELS = {
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "name": _("Name"),
    "name_variants": _("Name variants"),
    "name_variants.kind": _("Kind of name"),
    "name_variants.printed": _("As printed"),
    "name_variants.surname": _("Surname"),
    "name_variants.given_name": _("Given name"),
    "name_variants.patronymic": _("Patronymic"),
    "name_variants.language": _("Language"),
    "sex": _("Sex"),
    "age": _("Age"),
    "completeness": _("Completeness"),
    "birth": _("Birth"),
    "birth.date": _("Date of birth"),
    "birth.date_old_style": _("Date of birth, old style"),
    "birth.date_printed": _("Date of birth as printed"),
    "birth.place": _("Place of birth"),
    "nationality": _("Nationality"),
    "citizenship": _("Citizenship"),
    "social_origin": _("Social origin"),
    "education": _("Education"),
    "party": _("Party membership"),
    "occupation": _("Occupation and workplace"),
    "family": _("Family"),
    "prior_repressions": _("Earlier repressions"),
    "residence": _("Place of residence"),
    "residence.place": _("Place of residence"),
    "residence.date": _("When they lived there"),
    "arrests": _("Arrest"),
    "arrests.date": _("Date of arrest"),
    "arrests.body": _("Arrested by"),
    "arrests.place": _("Place of arrest"),
    "arrests.measure": _("Measure of restraint"),
    "sentences": _("Sentence"),
    "sentences.date": _("Date of sentence"),
    "sentences.body": _("Sentencing body"),
    "sentences.charge": _("Charge"),
    "sentences.articles": _("Article of the code"),
    "sentences.verdict": _("Verdict"),
    "sentences.kind": _("Kind of sentence"),
    "sentences.term": _("Term"),
    "sentences.place": _("Place of sentence"),
    "sentences.category": _("Category under the order"),
    "sentences.operation": _("Operation, as printed"),
    "sentences.protocol": _("Number of the protocol"),
    "sentences.revision": _("Revision of the sentence"),
    "revision": _("Revision of the sentence"),
    "revision.date": _("Date of the revision"),
    "revision.body": _("Body of the revision"),
    "revision.verdict": _("Changed to"),
    "revision.kind": _("Kind of sentence"),
    "revision.term": _("Term"),
    "imprisonments": _("Imprisonment"),
    "imprisonments.date": _("Imprisoned from and to"),
    "imprisonments.place": _("Place of imprisonment"),
    "imprisonments.ended": _("How it ended"),
    "death": _("Death"),
    "death.date": _("Date of death"),
    "death.manner": _("Manner of death"),
    "death.circumstance": _("Circumstance of death"),
    "death.place": _("Place of death"),
    "death.burial_place": _("Place of burial"),
    "rehabilitations": _("Rehabilitation"),
    "rehabilitations.date": _("Date of rehabilitation"),
    "rehabilitations.body": _("Rehabilitated by"),
    "rehabilitations.ground": _("Ground of rehabilitation"),
    "rehabilitations.withdrawn": _("Withdrawn on"),
    "rehabilitations.withdrawn_by": _("Withdrawn by"),
    "rehabilitations.withdrawn_ground": _("Ground of the withdrawal"),
    "official_notices": _("Official notice to the family"),
    "official_notices.told_date": _("Date of death that was told"),
    "official_notices.told_cause": _("Cause of death that was told"),
    "official_notices.told_sentence": _("Sentence that was told"),
    "official_notices.given": _("When it was told"),
    "official_notices.given_by": _("Told by"),
    "cases": _("Case"),
    "cases.number": _("Number of the case in this entry"),
    "cases.archival_file": _("Archival file"),
    "cases.group": _("Group case"),
    "relatives": _("Presumed relatives"),
    "relatives.name": _("Name"),
    "relatives.relation": _("Relation"),
    "relatives.presumed": _("Presumed"),
    "relatives.other": _("Their own record"),
    "tags": _("Groups and tags"),
    "tags.form": _("Groups and tags"),
    "photographs": _("Photograph"),
    "photographs.file_name": _("File name"),
    "photographs.caption": _("Caption"),
    "photographs.author": _("Author"),
    "photographs.rights": _("Rights"),
    "archival_files": _("Archival file"),
    "archival_files.printed": _("Archival file"),
    "archival_files.unit": _("Archival unit"),
    "sources": _("Sources"),
    "sources.form": _("Sources"),
    "sources.locator": _("Page or leaf"),
    "notes": _("Note"),
    "notes.text": _("Note"),
    "date": _("Date"),
    "date_printed": _("Date as printed"),
    "case": _("Case"),
    "note": _("Note"),
}

#: What people are counted by.
COUNTED_BY = {
    "sex": _("Sex"),
    "born": _("Years of birth"),
    "age": _("Age at arrest"),
    "nationality": _("Nationality"),
    "social_origin": _("Social origin"),
    "education": _("Education"),
    "party": _("Party membership"),
    "occupation": _("Group of occupations"),
    "region": _("Region of residence"),
    "arrested": _("Month of arrest"),
    "died": _("Month of death"),
    "sentenced": _("Month of sentence"),
    "kind": _("Kind of sentence"),
    "body": _("Kind of sentencing body"),
    "sentenced_by": _("Sentencing body"),
    "operation": _("Operation"),
    "attribution": _("How the operation is known"),
    "site": _("Execution site"),
    "source": _("Source"),
}

#: ISO 3166-1 code -> state: those on whose ground the Union lay, and its neighbours where people were shot too.
COUNTRIES = {
    "AM": _("Armenia"),
    "AZ": _("Azerbaijan"),
    "BY": _("Belarus"),
    "EE": _("Estonia"),
    "GE": _("Georgia"),
    "KG": _("Kyrgyzstan"),
    "KZ": _("Kazakhstan"),
    "LT": _("Lithuania"),
    "LV": _("Latvia"),
    "MD": _("Moldova"),
    "MN": _("Mongolia"),
    "PL": _("Poland"),
    "RU": _("Russia"),
    "TJ": _("Tajikistan"),
    "TM": _("Turkmenistan"),
    "UA": _("Ukraine"),
    "UZ": _("Uzbekistan"),
}
#: Codes that the parser warns with.
WARNINGS = {
    "impossible_date": _("The source prints a date that does not exist in the calendar."),
    "two_persons": _("Two births are told: the words of two persons may have run together."),
    "conviction_twice": _(
        "Two cases of this entry have a sentence of the same day: they may tell one conviction."
    ),
}


def plain(slot: str) -> str:
    """Return a slot without its numbers: "arrests[0].date" is "arrests.date"."""
    return re.sub(r"\[\d+\]", "", slot)


def label(slot: str) -> str:
    """Return the English label of a slot of the record form, with or without numbers."""
    path = plain(slot)
    while path not in LABELS and "." in path:
        path = path.partition(".")[2]
    return LABELS.get(path, path)


def warning(code: str) -> str:
    """Return what a warning of the parser says; a code that has no words stays."""
    return WARNINGS.get(code, code)


def own_name(thing, language: str) -> str:
    """Return the name of a site, region, body or operation in a language; nothing where there is none.

    In Ukrainian, of a site in Ukraine, its native one. Where none is recorded: a translation, or of a body a name
    composed of its kind and region.
    """
    if language == "uk" and getattr(thing, "country_today", "") == "UA":
        return thing.name_native
    own = getattr(thing, f"name_{language}", "") or translated(thing.name_ru, language)
    if own or not hasattr(thing, "members") or thing.region is None:
        return own
    return body_name(thing.kind, own_name(thing.region, language), thing.region.kind, language)
