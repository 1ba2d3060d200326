"""Bodies that the API takes: strict in type and in keys."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from victims.api.problems import clipped
from victims.api.record_form import RECORD, wrong_in
from victims.vocabulary import WithdrawalReason

#: Longest text of an entry, in characters.
LONGEST_TEXT = 20_000
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?\Z"
SLUG = r"^[-a-zA-Z0-9_]+\Z"


class Strict(serializers.Serializer):
    """A body: an object with these keys and no others."""

    def to_internal_value(self, data):
        unknown = sorted(data.keys() - self.fields.keys()) if isinstance(data, dict) else []
        message = _("There is no such key here; the keys are: %(names)s.") % {"names": ", ".join(self.fields)}
        wrong = {clipped(name): [message] for name in unknown}
        try:
            taken = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **wrong}) from None
        if wrong:
            raise serializers.ValidationError(wrong)
        return taken


class Text(serializers.CharField):
    """A text, taken as it is: no number is read as one, no space is cut off."""

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data=serializers.empty):
        if data is not serializers.empty and data is not None and not isinstance(data, str):
            self.fail("invalid")
        return super().run_validation(data)


class Why(Text):
    """The reason of a change, for the log."""

    def __init__(self, **kwargs):
        super().__init__(max_length=2000, **kwargs)


@extend_schema_field({"type": "string", "format": "source-id", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 100})
class SourceId(Text):
    """The id of a source."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, validators=[RegexValidator(SLUG)], **kwargs)


@extend_schema_field({"type": "string", "format": "public-id", "minLength": 1, "maxLength": 20})
class PersonId(Text):
    """The public id of a person; misread letters are read as they were meant."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)


class Number(serializers.IntegerField):
    """A whole number, not a text that looks like one."""

    def to_internal_value(self, data):
        if isinstance(data, float) and data.is_integer():
            data = int(data)
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false, not what looks like it."""

    def to_internal_value(self, data):
        if type(data) is not bool:
            self.fail("invalid", input=clipped(str(data)))
        return data


@extend_schema_field(RECORD)
class RecordField(serializers.Field):
    """A record in the record form; what is wrong is told with its place."""

    def to_internal_value(self, data):
        if wrong := wrong_in(data):
            raise serializers.ValidationError(nested(wrong))
        return data


def nested(wrong: list[tuple[tuple, str]]):
    """Return [(steps, message)] as the framework nests errors."""
    if any(not steps for steps, _message in wrong):
        return [message for steps, message in wrong if not steps]
    errors: dict = {}
    for steps, message in wrong:
        place = errors
        for step in steps[:-1]:
            place = place.setdefault(str(step), {})
            if not isinstance(place, dict):
                break
        else:
            place.setdefault(str(steps[-1]), [message])
    return errors


class Said(Strict):
    """What an entry is to say: its words, the whole record, or both."""

    locator = Text(required=False, allow_blank=True, max_length=200, default="")
    text = Text(required=False, allow_blank=True, max_length=LONGEST_TEXT, default="")
    record = RecordField(required=False, allow_null=True, default=None)

    def validate(self, said):
        if not self.partial and said["record"] is None and not said["text"].strip():
            raise serializers.ValidationError({"text": [_("Give the words of the source, a record, or both.")]})
        return said


class EntryChange(Said):
    """What a whole entry is to say: keys that are left out are empty."""


class EntryPatch(Strict):
    """What is to change of an entry; a record is given whole."""

    locator = Text(required=False, allow_blank=True, max_length=200)
    text = Text(required=False, allow_blank=True, max_length=LONGEST_TEXT)
    record = RecordField(required=False)


class NewEntry(Said):
    """What a source says of a person: of a new one, or of ``victim``."""

    source = SourceId()
    item_key = Text(required=False, allow_blank=True, max_length=200, default="")
    language = Text(required=False, default="ru", max_length=10, validators=[RegexValidator(LANGUAGE)])
    victim = PersonId(required=False, allow_null=True, default=None)
    synthetic = Flag(required=False, default=False)
    why = Why(required=False, allow_blank=True, default="")


class Because(Strict):
    """The reason of a change; it may be left out."""

    why = Why(required=False, allow_blank=True, default="")


class Withdrawal(Strict):
    """The class of reason, which the tombstone tells in public, and the reason for the log."""

    reason = serializers.ChoiceField(choices=WithdrawalReason.choices())
    why = Why()


class Merging(Strict):
    """The record that is to be absorbed, and why these two are one person."""

    absorb = PersonId()
    why = Why()


class Restoring(Strict):
    """The revision that the record is to say again, and why."""

    revision = Number(min_value=1, max_value=2**31 - 1)
    why = Why()


class Parsing(Strict):
    """A text to be read by the parser."""

    text = Text(max_length=LONGEST_TEXT)
