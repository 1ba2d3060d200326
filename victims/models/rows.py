"""The record form and rows: both ways, from the one declaration of the facts (pure but for _meta).

A *record* is a dict in the form of docs/record-form.md: what one entry says, in printed words and
EDTF. ``lay_out`` makes of it the rows of an entry's facts, ``said`` makes of rows the record again.
"""

from itertools import count

from memorial import edtf
from memorial.saying import said as _
from victims.models.corrections import corrected, differing
from victims.models.facts import FACTS, SENTENCE_PARTS, Case, CaseField, NameForm, Sentence, Trait
from victims.models.printed import PrintedField
from victims.models.values import (
    LINKS,
    Lookup,
    RecordError,
    date_bounds,
    link,
    make_row,
    own,
    trait_row,
)
from victims.vocabulary import Attribution, Completeness, FormKind, NameKind, Sex, TraitKind, attribute

BODY = str(FormKind.BODY)
MAIN, UNKNOWN = str(NameKind.MAIN), str(Attribution.UNKNOWN)
NAME_PARTS = ("surname", "given_name", "patronymic")
TRAITS = tuple(str(kind) for kind in TraitKind)
#: Slots that the books fill once: a single value stands alone there, not in a list.
SINGLE = {"birth", "death", "residence", "revision", *TRAITS}
SLOTS = {model.slot: model for model in FACTS if model is not Trait}
#: Slots that hold whole facts, cases first: others point to them.
WHOLE = [(slot, model, model.shorthand) for slot, model in SLOTS.items() if model is not NameForm]
PARTS = [(part, part.slot, part.shorthand) for part in SENTENCE_PARTS]
KNOWN = {*NAME_PARTS, *TRAITS, *SLOTS, "sex", "age", "completeness"}


def items(slot: str, value, shorthand: str) -> list[dict]:
    """Return what a slot of a record says as a list of dicts: strings are read by the shorthand."""
    if value is None or value == "":
        return []
    if type(value) is dict:
        return [value]
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and shorthand:
            item = {shorthand: item}
        if not isinstance(item, dict):
            if shorthand:
                raise RecordError(slot, _("must be words, an object or a list of them"))
            raise RecordError(slot, _("must be an object or a list of them"))
        found.append(item)
    return found


def _told(said: dict) -> bool:
    """Return whether an object tells anything: "nothing told" is printed as an object of nulls."""
    for value in said.values():  # noqa: SIM110 - a generator here costs a tenth of an import
        if value is not None and value != "":
            return True
    return False


def _given(slot: str, shorthand: str, value) -> list[dict]:
    """Return what is told in one slot; of slots that the books fill once, not the empty objects."""
    found = items(slot, value, shorthand)
    return [said for said in found if _told(said)] if slot in SINGLE else found


def _births(found: list[dict]) -> list[dict]:
    """Return one dict for each date: the books print several beside one place."""
    births = []
    for said in found:
        dates = said.get("date")
        if isinstance(dates, list):
            births += [{**said, "date": dates[0]} if dates else {**said, "date": None}]
            births += [{"date": date} for date in dates[1:]]
        else:
            births.append(said)
    return [said for said in births if _told(said)]


def _names(record: dict) -> list[dict]:
    main = {part: told for part in NAME_PARTS if (told := record.get(part))}
    names = [{"kind": MAIN, **main}] if main else []
    variants = items("name_variants", record.get("name_variants"), "printed")
    for position, said in enumerate(variants):
        if said.get("kind") == MAIN:
            words = _("a record has one main name: tell it in surname…")
            raise RecordError(f"name_variants[{position}].kind", words)
    return names + variants


def derive(said: dict, body_form: int | None, lookup: Lookup, synthetic: bool = False) -> tuple:
    """Return the derived columns of a sentence: sitting, operation, attribution, rule.

    An operation that the database does not know cannot be attributed: then it stays unknown. Persons who
    never lived sat before nobody: they make no sitting of a real body.
    """
    body = lookup.bodies.get(body_form)
    date = said.get("date") or ""
    earliest, latest = date_bounds("date", date)
    sitting = None
    if body and earliest and earliest == latest and not synthetic:
        sitting = lookup.id("sitting", (body[0], earliest, _protocol(said)))
    if said.get("operation"):
        operation = link("operation", "operation", said["operation"], lookup)
        return sitting, operation, str(Attribution.PRINTED), ""
    unknown = (sitting, None, UNKNOWN, "")
    if body is None or not date:
        return unknown
    code, attribution, rule = attribute(body[1], *edtf.bounds(date))
    operation = lookup.id("operation", code) if code else None
    return (sitting, operation, str(attribution), rule) if operation else unknown


def _protocol(said: dict) -> str:
    protocol = said.get("protocol") or ""
    if not isinstance(protocol, str):
        raise RecordError("protocol", _("must be text of at most %(most)s characters", most=100))
    return protocol


class Laid:
    """The rows of one entry: sex, age and completeness of the entry itself, and rows by model."""

    __slots__ = ("age", "completeness", "facts", "sex")

    def __init__(self, sex, age, completeness):
        self.sex, self.age, self.completeness, self.facts = sex, age, completeness, {}


def _code(name: str, codes, value) -> str:
    if value in (None, ""):
        return ""
    if value not in codes:
        raise RecordError(name, _("must be one of %(codes)s", codes=", ".join(codes)))
    return str(value)


SEXES = [str(code) for code in Sex]
COMPLETENESS = [str(code) for code in Completeness]


def _entry_part(record: dict) -> Laid:
    """Return what a record says of the person in columns of the entry itself."""
    age = record.get("age")
    if age is not None and (type(age) is not int or not 0 <= age <= 150):
        raise RecordError("age", _("must be a whole number of years from 0 to 150"))
    return Laid(
        _code("sex", SEXES, record.get("sex")),
        age,
        _code("completeness", COMPLETENESS, record.get("completeness")),
    )


def lay_out(record: dict, entry_id: int, victim_id: int, lookup: Lookup, new_id, synthetic: bool = False) -> Laid:
    """Return the rows of what an entry says.

    ``new_id(model)`` gives the ids of cases and sentences. Words that ``lookup`` does not know are left
    in ``lookup.missing``; then the rows are not to be used, and the record is laid out again when they
    are known. Raises RecordError, naming the slot, where a record cannot be kept.
    """
    if not isinstance(record, dict):
        raise RecordError("record", _("must be an object in the record form"))
    if not record.keys() <= KNOWN:
        raise RecordError(sorted(record.keys() - KNOWN)[0], _("is not a field of the record form"))
    laid = _entry_part(record)
    layout = _Layout(laid, (entry_id, victim_id), lookup, new_id, synthetic)
    layout.traits(record)
    layout.facts(NameForm, _names(record))
    for slot, model, shorthand in WHOLE:
        if value := record.get(slot):
            found = _births(items(slot, value, "")) if slot == "birth" else _given(slot, shorthand, value)
            layout.facts(model, found)
    return laid


def check(record: dict) -> None:
    """Raise RecordError, naming the slot, where the record could not be kept."""
    lay_out(record, 0, 0, Lookup(), lambda model: 0)


class _Layout:
    """One entry being laid out: what its facts share."""

    __slots__ = ("cases", "laid", "lookup", "new_id", "owner", "synthetic")

    def __init__(self, laid: Laid, owner: tuple[int, int], lookup: Lookup, new_id, synthetic: bool):
        self.laid, self.owner, self.lookup, self.new_id, self.synthetic = (
            laid,
            owner,
            lookup,
            new_id,
            synthetic,
        )
        self.cases: dict[int, int] = {}

    def facts(self, model, told: list[dict]) -> None:
        """Add the rows of what is told in one slot."""
        rows = []
        for position, said in enumerate(told):
            try:
                if said.get("case") is not None and model is not Case:
                    said = {**said, "case": self.case(said["case"])}
                if model is Case:
                    said = dict(said)
                    self.case(said.pop("number", position + 1), said)
                elif model is Sentence:
                    rows.append(self.sentence(position, said))
                else:
                    rows.append(make_row(model, (*self.owner, position, None), said, self.lookup))
            except RecordError as error:
                raise RecordError(f"{model.slot}[{position}].{error.slot}", error.message) from None
        if rows:
            self.laid.facts[model] = rows

    def traits(self, record: dict) -> None:
        """Add the rows of what is told in one printed form of words, or several."""
        rows = []
        for kind in TRAITS:
            if not (told := record.get(kind)):
                continue
            for form in told if isinstance(told, list) else (told,):
                if not isinstance(form, str) or not form or "\0" in form:
                    raise RecordError(kind, _("must be printed words, or a list of them"))
                rows.append(trait_row(self.owner, len(rows), kind, form, self.lookup))
        if rows:
            self.laid.facts[Trait] = rows

    def sentence(self, position: int, said: dict):
        """Return the row of a sentence, having added the rows below it."""
        sentence_id = self.new_id(Sentence)
        body = said.get("body")
        form = self.lookup.known(BODY, body) if isinstance(body, str) and body else None
        derived = derive(said, form, self.lookup, self.synthetic)
        row = make_row(Sentence, (sentence_id, *self.owner, position, None), said, self.lookup, derived)
        for part, slot, shorthand in PARTS:
            if found := _given(slot, shorthand, said.get(slot)):
                self.laid.facts.setdefault(part, []).extend(
                    make_row(part, (sentence_id, number), inner, self.lookup) for number, inner in enumerate(found)
                )
        return row

    def case(self, number, said: dict | None = None) -> int:
        """Return the id of the entry's case of this number, making its row at its first mention."""
        if type(number) is not int or not 0 < number <= 32767:
            raise RecordError("case", _("must be the number of a case, from 1"))
        if number not in self.cases:
            self.cases[number] = self.new_id(Case)
            head = self.cases[number], *self.owner, number, None
            self.laid.facts.setdefault(Case, []).append(make_row(Case, head, said or {}, self.lookup))
        elif said:
            raise RecordError("number", _("case %(number)s stands in the list twice", number=number))
        return self.cases[number]


class Words:
    """The other way: printed words behind ids, as ``said`` needs them."""

    def __init__(self, forms: dict, places: dict, links: dict):
        self.forms, self.places, self.links = forms, places, links

    def of(self, field, value):
        """Return what the record form has for a column's value."""
        if isinstance(field, PrintedField):
            return (self.places if field.form_kind == "place" else self.forms)[value]
        if field.name in LINKS:
            return self.links[field.name, value]
        return value


def _fact_said(model, row, words: Words, cases: dict) -> dict:
    told = {}
    for field in own(model):
        value = getattr(row, field.attname)
        if value in (None, "") or value is False:
            continue
        told[field.name] = cases[value] if isinstance(field, CaseField) else words.of(field, value)
    return told


def said(laid: Laid, words: Words, operations: dict) -> dict:
    """Return the record behind an entry's rows, in its canonical form (the inverse of ``lay_out``).

    ``operations`` maps ids to the code.
    """
    record = {
        key: value for key in ("sex", "age", "completeness") if (value := getattr(laid, key)) not in (None, "")
    }
    cases = {row.id: row.position for row in laid.facts.get(Case, ())}
    mentioned = {row.case_id for rows in laid.facts.values() for row in rows if hasattr(row, "case_id")}
    parts = {}
    for part in SENTENCE_PARTS:
        for row in laid.facts.get(part, ()):
            parts.setdefault((part, row.sentence_id), []).append(
                _short(_fact_said(part, row, words, cases), part.shorthand)
            )
    for model in FACTS:
        for row in laid.facts.get(model, ()):
            told = _fact_said(model, row, words, cases)
            if model is Case:
                if not told and row.id in mentioned:
                    continue  # the facts' own mention of its number says it all
                told["number"] = row.position
            if model is Sentence:
                told |= _sentence_said(row, parts, operations)
            _tell(record, model, told)
    return {
        slot: value[0] if slot in SINGLE and isinstance(value, list) and len(value) == 1 else value
        for slot, value in record.items()
    }


class _Invented(Lookup):
    """Gives every word an id of its own, so that a record can be laid out away from any database."""

    def id(self, kind: str, text) -> int:
        return self.ids.setdefault((kind, text), len(self.ids) + 1)


def canonical(record: dict) -> dict:
    """Return a record in its canonical form, as ``said`` tells it, so that two can be compared (pure).

    Raises RecordError, naming the slot, where a record cannot be kept.
    """
    lookup, ids = _Invented(), count(1)
    laid = lay_out(record, 0, 0, lookup, lambda model: next(ids))
    texts = {pk: text for (_kind, text), pk in lookup.ids.items()}
    links = {(name, pk): text for name in LINKS for pk, text in texts.items()}
    return said(laid, Words(texts, texts, links), texts)


def corrections(reading: dict, wanted: dict, former: dict | None = None, **signed) -> dict:
    """Return what a human changed in a reading to get the record wanted: {slot: {"value": …, **signed}}.

    ``corrected(reading, corrections(reading, wanted))`` says what ``wanted`` says. A correction of
    ``former`` that still holds keeps its own signature. Raises RecordError as ``canonical`` does.
    """
    read, said, former = canonical(reading), canonical(wanted), former or {}
    as_it_stands = {slot for slot, value in read.items() if reading.get(slot) == value}
    changed = differing(read, said, narrow=as_it_stands)
    made = {slot: {"value": value, **signed} for slot, value in changed.items()}
    if made and "cases" in reading and canonical(corrected(reading, made)).get("cases") != said.get("cases"):
        # What the other facts mention tells in part which cases there are: these are told whole.
        made = {slot: told for slot, told in made.items() if not slot.startswith("cases[")}
        made["cases"] = {"value": said.get("cases"), **signed}
    still = {slot for slot, told in made.items() if slot in former and former[slot]["value"] == told["value"]}
    return {slot: former[slot] if slot in still else told for slot, told in made.items()}


def _sentence_said(row, parts, operations) -> dict:
    told = {}
    for part in SENTENCE_PARTS:
        if found := parts.get((part, row.id)):
            told[part.slot] = found[0] if part.slot in SINGLE and len(found) == 1 else found
    if row.attribution == Attribution.PRINTED:
        told["operation"] = operations[row.operation_id]
    return told


def _tell(record: dict, model, told: dict) -> None:
    """Put one fact into its slot of the record."""
    if model is Trait:
        record.setdefault(told["kind"], []).append(told["form"])
    elif model is NameForm and told.get("kind") == NameKind.MAIN:
        record.update({part: told[part] for part in NAME_PARTS if part in told})
    else:
        if model is NameForm and told.get("kind") == NameKind.VARIANT:
            told.pop("kind")
        record.setdefault(model.slot, []).append(_short(told, model.shorthand))


def _short(told: dict, shorthand: str):
    return told[shorthand] if shorthand and told.keys() == {shorthand} else told
