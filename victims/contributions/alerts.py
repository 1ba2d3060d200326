"""Alerts: who left an address on a search is told once of everybody whom it finds and who is new or was changed.

The search is kept as the parameters of the list's address, and asked as the list asks it. Only records that the
log names since the last look are looked at: the log is written in the order in which changes come into force.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial import edtf
from victims.filters import VictimFilterSet
from victims.models import Alert, AlertTold, Revision, Victim
from victims.models.victim import from_public_id
from victims.search import Filters, QueryError, search

#: Parameters that say where in the list one is, and nothing of what is looked for.
PLACES = ("after", "before")
LONGEST_QUERY = 2000
#: People named in one letter; it counts the others, and leads to the list.
NAMED = 20
#: Looked at in one go: who a search finds beyond is told of by the number alone.
BOUND = 1000
#: What one address may wait to have confirmed in a day: nobody fills a stranger's box.
MOST_UNCONFIRMED, MOST_OF_AN_ADDRESS = 3, 50
CONFIRM_WITHIN = 2 * 24 * 60 * 60
_confirm = signing.TimestampSigner(salt="victims.alert.confirm")
_leave = signing.Signer(salt="victims.alert.leave")


def canonical(given: QueryDict) -> str:
    """Return the parameters of a search in one order, without empty ones and places in the list."""
    told = {name: value.strip() for name, value in given.items() if name not in PLACES and value.strip()}
    return urlencode(sorted(told.items()))


def complaints(query: str) -> dict:
    """Return what is wrong with the words of a search; nothing where it can be asked again and again."""
    try:
        search(QueryDict(query).get("q", ""), Filters(people=Victim.objects.none()))
    except QueryError as error:
        return {"q": [_(str(error))]}
    return {}


def ask(address: str, query: str, language: str, site: str) -> bool:
    """Keep a wish that its address has to confirm, and write to it; return whether a letter went out.

    Who asks is told the same whatever the answer: it says whether an address is known here.
    """
    address, now = address.strip().lower(), timezone.now()
    mine = Alert.objects.filter(address=address)
    if mine.filter(query=query).exclude(confirmed_at=None).exists():
        return False
    day_ago = now - timedelta(days=1)
    waiting = mine.filter(confirmed_at=None, asked_at__gt=day_ago).count()
    if waiting >= MOST_UNCONFIRMED or mine.count() >= MOST_OF_AN_ADDRESS:
        return False
    alert, made = Alert.objects.get_or_create(
        address=address, query=query, defaults={"language": language, "site": site, "asked_at": now}
    )
    if not made and alert.asked_at > day_ago:
        return False
    Alert.objects.filter(pk=alert.pk).update(asked_at=now, language=language, site=site)
    with translation.override(language):
        words = _(
            "Somebody, perhaps you, asked Memorial to write to this address when a person is recorded whom a "
            "search finds. If it was you, confirm it within two days:"
        )
        ignore = _("If it was not you, do nothing: the address is then deleted.")
        link = _url(alert, "alert_confirm", _confirm.sign(str(alert.pk)))
        letter = EmailMessage(_("Memorial: confirm the alert"), "\n\n".join([words, link, ignore]), to=[address])
    letter.send()
    return True


def to_confirm(token: str) -> Alert | None:
    """Return the alert that a link confirms; None where it is forged, late, or the alert is gone."""
    return _of(_confirm, token, max_age=CONFIRM_WITHIN)


def to_leave(token: str) -> Alert | None:
    """Return the alert that a link ends; None where it is forged or the alert is gone."""
    return _of(_leave, token)


def _of(signer, token: str, **how) -> Alert | None:
    try:
        return Alert.objects.filter(pk=int(signer.unsign(token, **how))).first()
    except (signing.BadSignature, ValueError):
        return None


def confirm(alert: Alert) -> None:
    """Begin to tell: of what comes into the log from now on. Confirming again changes nothing."""
    last = Revision.objects.aggregate(last=Max("pk"))["last"] or 0
    now = timezone.now()
    Alert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=now, checked_at=now, read_until=last)


def leave(alert: Alert) -> None:
    """End an alert: nothing of it is kept, the address least of all."""
    alert.delete()


def _url(alert: Alert, name: str, *arguments) -> str:
    return alert.site.rstrip("/") + reverse(f"victims:{name}", args=arguments)


# --- telling ---


def send(limit: int) -> tuple[int, int]:
    """Look at the alerts that were looked at longest ago, ``limit`` at most; return how many, and letters sent.

    Each is a transaction of its own, whose last step is the letter: stopped at any moment, it goes on where it
    was. Only a stop between the letter and its commit, or a mail server that fails then, repeats one letter.
    """
    last = Revision.objects.aggregate(last=Max("pk"))["last"] or 0
    behind = Alert.objects.exclude(confirmed_at=None).filter(read_until__lt=last).order_by("checked_at", "pk")
    looked = letters = 0
    for pk in list(behind.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            alert = Alert.objects.select_for_update().filter(pk=pk, read_until__lt=last).first()
            if alert is not None:  # else its owner has left, or another run has looked
                looked += 1
                letters += _tell(alert, last)
    return looked, letters


def _tell(alert: Alert, last: int) -> bool:
    found = _found(alert, last)
    known = set(alert.told.filter(victim__in=found).values_list("victim", flat=True))
    new = [victim for victim in found if victim.pk not in known]
    AlertTold.objects.bulk_create(AlertTold(alert=alert, victim=victim) for victim in new)
    Alert.objects.filter(pk=alert.pk).update(checked_at=timezone.now(), read_until=last)
    if new:
        _letter(alert, new).send()
    return bool(new)


def _found(alert: Alert, last: int) -> list[Victim]:
    """Return whom the search finds among those whom the log names since the last look, published ones."""
    given = QueryDict(alert.query)
    people = Victim.objects.published().filter(_named(alert.read_until, last))
    asked = VictimFilterSet(given, people, beside=("q",))
    if asked.complaints():  # a body or a source that it names is gone
        return []
    if not given.get("q"):
        return list(asked.qs.by_name()[:BOUND])
    try:
        return [hit.victim for hit in search(given["q"], Filters(people=asked.qs), limit=BOUND).hits]
    except QueryError:
        return []


def _named(after: int, until: int) -> Q:
    """Return the condition that rows of the log name a person: each by itself, or as one of a batch."""
    rows = Revision.objects.filter(pk__gt=after, pk__lte=until)
    condition = Q(pk__in=rows.exclude(victim=None).values("victim"))
    for record in rows.filter(victim=None).values_list("record", flat=True).iterator(chunk_size=500):
        first, end = (from_public_id(record.get(side) or "") for side in ("first", "last"))
        if first and end:
            condition |= Q(pk__range=(first, end))
    return condition


def _who(victim: Victim, language: str) -> str:
    """Return a line of a letter: name and birth."""
    born = _("born %(date)s") % {"date": edtf.words(victim.birth, language)} if victim.birth else ""
    return ", ".join(part for part in (victim.name or victim.public_id, born) if part)


def _letter(alert: Alert, people: list[Victim]) -> EmailMessage:
    with translation.override(alert.language):
        leave_at = _url(alert, "alert_leave", _leave.sign(str(alert.pk)))
        count = len(people)
        lines = [
            ngettext(
                "%(count)s person whom your search finds is new or was changed:",
                "%(count)s people whom your search finds are new or were changed:",
                count,
            )
            % {"count": count},
            "\n".join(
                f"{_who(victim, alert.language)}\n"
                f"{_url(alert, 'victim', victim.public_id)}"
                for victim in people[:NAMED]
            ),
            _("All whom the search finds:") + f"\n{_url(alert, 'list')}?{alert.query}",
            _("To be told no more, and to have the address deleted:") + f"\n{leave_at}",
        ]
        subject = _("Memorial: new for your search")
    headers = {
        "List-Unsubscribe": f"<{leave_at}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, "\n\n".join(lines), to=[alert.address], headers=headers)
