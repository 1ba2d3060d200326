"""How many people there are of each kind, counted beforehand, so that no page has to count millions."""

from django.db import models


class Counting(models.Model):
    """When all the people were counted, and how many the public saw then. There is one row, or none yet."""

    counted_at = models.DateTimeField()
    people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.people}, {self.counted_at}"


class Count(models.Model):
    """How many people have a value, or two values at once (``and_of`` and ``and_value``; else empty)."""

    of = models.CharField(max_length=20)
    and_of = models.CharField(max_length=20, blank=True)
    synthetic = models.BooleanField()
    value = models.CharField(max_length=100)
    and_value = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="counted_once", fields=["of", "and_of", "synthetic", "value", "and_value"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.value} {self.and_of} {self.and_value}: {self.number}".replace("  ", " ")
