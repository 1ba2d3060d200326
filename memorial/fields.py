"""EDTFField: a date as its source gives it, beside the first and last day that it may mean."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from memorial import edtf


def validate_edtf(text: str) -> None:
    """Raise ValidationError, with the remedy in words, where ``text`` is not EDTF."""
    try:
        edtf.parse(text)
    except edtf.EDTFError as error:
        raise ValidationError(str(error), code="edtf") from error


def bounds(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day of an EDTF text; (None, None) for no date at all."""
    return edtf.bounds(text) if text else (None, None)


class EDTFField(models.CharField):
    """EDTF text (ISO 8601-2) with the columns ``<name>_earliest`` and ``<name>_latest`` beside it.

    The empty text means no date, and then both bounds are NULL. Bounds are computed by ``pre_save``
    and, on the bulk path, by the rows of the record; ``check_records`` proves them.
    """

    default_validators = [validate_edtf]

    def __init__(self, *args, bounds=True, **kwargs):
        # Migrations name the bound columns themselves, so there the field must not add them again.
        self.adds_bounds = bounds
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["bounds"] = False
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if self.adds_bounds and not cls._meta.abstract:
            for side in ("earliest", "latest"):
                cls.add_to_class(f"{name}_{side}", models.DateField(null=True, blank=True, editable=False))

    def pre_save(self, instance, add):
        text = super().pre_save(instance, add) or ""
        earliest, latest = bounds(text)
        setattr(instance, f"{self.attname}_earliest", earliest)
        setattr(instance, f"{self.attname}_latest", latest)
        return text


def edtf_fields(model) -> list[EDTFField]:
    """Return the EDTF fields of a model."""
    return [field for field in model._meta.get_fields() if isinstance(field, EDTFField)]


def bounded(*names: str) -> list[models.CheckConstraint]:
    """Return the constraints that keep EDTF texts and their bounds together in the database."""
    constraints = []
    for name in names:
        none = Q(**{name: "", f"{name}_earliest__isnull": True, f"{name}_latest__isnull": True})
        some = ~Q(**{name: ""}) & Q(
            **{  # said of NULL, since a comparison with it is not false and a check lets it pass
                f"{name}_earliest__isnull": False,
                f"{name}_latest__isnull": False,
                f"{name}_earliest__lte": F(f"{name}_latest"),
            }
        )
        constraints.append(models.CheckConstraint(condition=none | some, name=f"%(class)s_{name}_bounds"))
    return constraints
