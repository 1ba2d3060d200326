"""What commands share: errors with exit code 2, a source by its id, a progress bar, victims by public id."""

import sys
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.translation import override
from tqdm import tqdm

from sources.models import Source, SourceKind
from victims.models import Victim
from victims.models.victim import from_public_id


def refuse(message: str) -> CommandError:
    """Return the error that ends a command with exit code 2."""
    return CommandError(message, returncode=2)


def reason(why: str) -> str:
    """Return what was said after --why, which is kept for good; refuse where nothing was."""
    if not why.strip():
        raise refuse("--why: say in words why; it is kept for those who come later")
    return why.strip()


def source(slug: str, create: bool | None = None, synthetic: bool = False, save: bool = True) -> Source:
    """Return the source with this id, made where ``create`` asks for it (for a dry run without saving it).

    ``create`` None is for commands that make none.
    """
    found = Source.objects.filter(slug=slug).first()
    if found or not create:
        if not found:
            known = ", ".join(Source.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
            choose = "choose one of" if create is None else "add --create-source, or choose one of"
            raise refuse(f"--source {slug}: there is no such source; {choose}: {known}")
        return found
    made = Source(slug=slug, title=slug, kind=str(SourceKind.SYNTHETIC if synthetic else SourceKind.DATABASE))
    try:
        with override("en"):
            made.full_clean()
    except Exception as error:
        raise refuse(f"--source {slug}: {'; '.join(error.messages)}") from None
    if save:
        made.save()
    return made


def victim(text: str) -> Victim:
    """Return the victim with this public id."""
    pk = from_public_id(text)
    found = Victim.objects.filter(pk=pk).first() if pk else None
    if found is None:
        why = "nobody has it" if pk else "its check character does not fit: look for a misread letter"
        raise refuse(f"{text}: {why}")
    return found


def user(name: str):
    """Return the account of this name; None for no name."""
    if not name:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise refuse(f"--by {name}: there is no such account")
    return found


@contextmanager
def reading(path: Path):
    """Show how much of a file is read, with the remaining time; yield the function that is told the position."""
    with tqdm(
        total=path.stat().st_size, unit="B", unit_scale=True, desc="checking", file=sys.stderr,
        disable=not sys.stderr.isatty(), leave=False,
    ) as shown:  # fmt: skip
        yield lambda position: shown.update(max(0, position - shown.n))


@contextmanager
def bar(unit: str, total: int | None = None):
    """Show a progress bar with rate and remaining time on a terminal; yield the function that advances it."""
    with tqdm(total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), file=sys.stderr) as shown:
        yield shown.update
