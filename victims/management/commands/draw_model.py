from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import ForeignKey

PAGE = Path(settings.BASE_DIR) / "docs" / "model.md"
BEGIN, END = "<!-- drawn by manage.py draw_model: do not edit -->", "<!-- end of the drawing -->"
#: Diagrams small enough to read: title, and the models drawn as boxes with their fields.
PICTURES = [
    ("Sources", ["sources.Source", "sources.Appointment", "victims.Batch"]),
    (
        "A victim and what is decided of them",
        [
            "victims.Victim",
            "victims.Entry",
            "victims.EntryVersion",
            "victims.Decision",
            "victims.Merge",
            "victims.NotSame",
            "victims.Tombstone",
            "victims.Revision",
            "victims.NamePart",
            "victims.NameKey",
            "victims.PersonName",
        ],
    ),
    (
        "What visitors leave",
        ["victims.Contribution", "victims.Evidence", "victims.Alert", "victims.AlertTold"],
    ),
    (
        "Facts of an entry: the person",
        [
            "victims.NameForm",
            "victims.Birth",
            "victims.Trait",
            "victims.Residence",
            "victims.Relative",
            "victims.Tag",
            "victims.Photograph",
            "victims.ArchivalFile",
            "victims.Citation",
            "victims.Remark",
        ],
    ),
    (
        "Facts of an entry: what was done",
        [
            "victims.Case",
            "victims.GroupCase",
            "victims.Arrest",
            "victims.Sentence",
            "victims.SentenceArticle",
            "victims.SentenceRevision",
            "victims.Imprisonment",
            "victims.Death",
            "victims.Rehabilitation",
            "victims.OfficialNotice",
        ],
    ),
    (
        "Bodies, places, words",
        [
            "victims.Body",
            "victims.BodyMember",
            "victims.Sitting",
            "victims.Region",
            "victims.RegionSuccession",
            "victims.ExecutionSite",
            "victims.SiteFigure",
            "victims.Place",
            "victims.PrintedForm",
        ],
    ),
    (
        "Operations",
        [
            "victims.Operation",
            "victims.OperationCategory",
            "victims.TargetGroup",
            "victims.Passage",
            "victims.Document",
            "victims.Limit",
            "victims.Report",
        ],
    ),
    ("People counted beforehand", ["victims.Counting", "victims.Count"]),
]


def drawing() -> str:
    """Return the diagrams of all models as Mermaid in Markdown, from the models themselves."""
    drawn = []
    for title, labels in PICTURES:
        shown = [apps.get_model(label) for label in labels]
        lines = [f"### {title}", "", "```mermaid", "erDiagram"]
        for model in shown:
            lines += [f"    {model.__name__} {{", *_fields(model), "    }"]
        for model in shown:
            lines += _arrows(model)
        drawn.append("\n".join([*lines, "```"]))
    return "\n\n".join(drawn)


def _fields(model) -> list[str]:
    passed = ("_earliest", "_latest")
    return [
        f"        {field.get_internal_type().removesuffix('Field')} {field.attname}"
        for field in model._meta.concrete_fields
        if not field.name.endswith(passed)
    ]


def _arrows(model) -> list[str]:
    return [
        f"    {model.__name__} }}o--{'o|' if field.null else '||'} {field.related_model.__name__} : {field.name}"
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
    ]


def page(text: str) -> str:
    """Return a page with its drawing made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{drawing()}\n\n{END}{after}"


class Command(BaseCommand):
    help = "Draw the models into docs/model.md."
    requires_system_checks = []

    def handle(self, **options):
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{PAGE.relative_to(settings.BASE_DIR)} drawn.")
