"""The door for reference data: sources, regions, bodies, operations, sites and their figures.

``Put`` makes or mends rows by their natural key and logs what it changed as one row of the same chained
log as records; a second run over the same facts finds nothing to do.
"""

from django.db import models, transaction
from django.utils import timezone

from victims.models.deriving import body_forms, rederive, withhold_again
from victims.models.dictionary import lock_chain
from victims.models.revision import Revision
from victims.vocabulary import RevisionKind


def _plain(value):
    return (
        str(value.pk)
        if isinstance(value, models.Model)
        else value
        if isinstance(value, str | int | float | bool | list | dict | None)
        else str(value)
    )


class Put:
    """One transaction over reference data: ``with Put(why=…) as put: row = put(Model, {key}, {values})``."""

    def __init__(self, *, why: str, by=None):
        self.why, self.by, self.changes, self.unchanged = why, by, [], 0
        self.atomic = transaction.atomic()

    def __enter__(self):
        self.atomic.__enter__()
        return self

    def __exit__(self, *exception):
        if exception[0] is None and self.changes:
            self._derive()
            lock_chain()
            Revision.append(
                victim_id=None,
                number=0,
                kind=RevisionKind.REFERENCE,
                by=self.by,
                why=self.why,
                at=timezone.now(),
                batch=None,
                record={"changes": self.changes},
            )
        return self.atomic.__exit__(*exception)

    def _derive(self) -> None:
        """Let records follow: a new operation or kind of body may concern every form, a form only itself."""
        kinds = [
            change["id"]
            for change in self.changes
            if change["model"] == "Source" and change["before"].get("kind") != change["after"].get("kind")
        ]
        withhold_again(kinds)
        models_changed = {change["model"] for change in self.changes}
        if models_changed & {"Operation", "Body"}:
            rederive(body_forms())
        elif "PrintedForm" in models_changed:
            rederive([change["id"] for change in self.changes if change["model"] == "PrintedForm"])

    def many(self, model, rows: list) -> None:
        """Add very many rows that nothing refers to yet; the log tells how many, and the first."""
        if rows:
            model.objects.bulk_create(rows)
            told = {"number": len(rows), "first": str(rows[0])}
            self.changes.append({"model": f"{model.__name__}s", "before": {}, "after": told})

    def __call__(self, model, key: dict, values: dict | None = None):
        """Return the row with this key, made or mended so that it has these values."""
        values = values or {}
        row = model._default_manager.filter(**key).first()
        before = {name: getattr(row, name) for name in values} if row else {}
        if row and before == values:
            self.unchanged += 1
            return row
        row = row or model(**key)
        for name, value in values.items():
            setattr(row, name, value)
        row.clean()
        row.save()
        self.changes.append(
            {
                "model": model.__name__,
                "id": row.pk,
                "key": {k: _plain(v) for k, v in key.items()},
                "before": {k: _plain(v) for k, v in before.items()},
                "after": {k: _plain(v) for k, v in values.items()},
            }
        )
        return row
