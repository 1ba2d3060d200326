"""Entries: what each source says, read; entered and changed by those who keep its records."""

from uuid import uuid4

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.response import Response

from memorial.saying import in_words
from sources.models import Source
from victims.api.base import LANGUAGE, ApiView, Listing, digest, revision_seen
from victims.api.doubting import parser_warnings, record_warnings
from victims.api.problems import body_problem
from victims.api.record_form import place_of
from victims.api.schema import Operation as Op
from victims.api.schema import page_of, paging_parameters
from victims.api.serializers import entries as told
from victims.api.serializers import writing
from victims.api.views.facts import of_seen
from victims.api.views.reference import NUMBER
from victims.editing import Wish, as_read, save
from victims.filters import EntryFilterSet
from victims.models import Entry, Victim, cluster
from victims.models.values import RecordError
from victims.models.victim import from_public_id
from victims.permissions import visible


def seen_by(user):
    """Return the entries of the records that a user sees."""
    found = Entry.objects.filter(of_seen(user), removed=False)
    return found.select_related("source__parent__parent__parent", "victim")


def taken(view, serializer, **how) -> dict:
    """Return what a body says; ValidationError names every place that is wrong."""
    reader = serializer(data=view.request.data, **how)
    reader.is_valid(raise_exception=True)
    return reader.validated_data


def written(wish: Wish, **how) -> Victim:
    """Write what is wished; a record that cannot be kept is a Problem 422 with its place."""
    try:
        return save([wish], **how)
    except RecordError as error:
        # A date that is none is told in detail in English alone.
        message = str(error.message) if get_language() == LANGUAGE else in_words(error.message)
        raise body_problem([(place_of(error.slot, wish.record), message)], 422) from error


class EntryView(ApiView):
    """An entry with its record; its ETag tells the revision of the whole record it belongs to."""

    tag = "entries"
    path_parameters = {"id": (NUMBER, "Its key.")}
    operations = {
        "GET": Op("entries_get", "Get an entry", told.Entry),
        "PUT": Op(
            "entries_replace", "Say anew what an entry says", told.Entry, writing.EntryChange,
            fails=(412, 422, 428), if_match="required",
        ),
        "PATCH": Op(
            "entries_change", "Change a part of an entry", told.Entry, writing.EntryPatch,
            fails=(412, 422, 428), if_match="required",
        ),
    }  # fmt: skip

    def get(self, request, id):
        entry = self._entry(id)
        self.revision = entry.victim.revision
        return Response(self.whole(entry))

    def put(self, request, id):
        entry = self._entry(id)
        revision = revision_seen(request, entry.victim.revision, required=True)
        return self._changed(entry, revision, **taken(self, writing.EntryChange))

    def patch(self, request, id):
        entry = self._entry(id)
        revision = revision_seen(request, entry.victim.revision, required=True)
        said = {"locator": entry.locator, "text": entry.text, "record": None}
        said |= taken(self, writing.EntryPatch)
        if said["record"] is None and not said["text"].strip():  # keyed as fields: they stay
            said["record"] = cluster.record_of(entry)
        return self._changed(entry, revision, **said)

    def _entry(self, key: int) -> Entry:
        entry = seen_by(self.request.user).filter(pk=key).first()
        if entry is None:
            raise Http404
        return entry

    def _changed(self, entry: Entry, revision: int, *, locator, text, record) -> Response:
        wish = Wish(entry.source, record, text, entry, locator=locator, language=entry.language)
        user, victim = self.request.user, entry.victim
        written(wish, user=user, victim=victim, revision=revision)
        entry = self._entry(entry.pk)
        response = Response(self.whole(entry))
        self.revision = entry.victim.revision
        response.headers["Content-Location"] = f"{self.root}entries/{entry.pk}/"
        return response

    def whole(self, entry: Entry) -> dict:
        """Return an entry with its record and the doubts about it."""
        entry.record = cluster.record_of(entry)
        doubts = [*parser_warnings(entry.warnings), *record_warnings(entry.record)]
        stored, entry.warnings = entry.warnings, doubts
        data = self.told(told.Entry, entry)
        entry.warnings = stored
        return data

    def etag(self, response) -> str:
        return f'"r{self.revision}-{digest(response)}"'

    def dispatch(self, request, *args, **kwargs):
        """Tell the new validator after a change too: the answer is the entry as it is now."""
        response = super().dispatch(request, *args, **kwargs)
        if "Content-Location" in response.headers:
            response.headers["ETag"] = self.etag(response)
        return response


class EntryList(Listing):
    """What sources say, verbatim, with the place of every value in the text."""

    tag, filterset_class, item = "entries", EntryFilterSet, told.EntryItem
    query_parameters = paging_parameters()
    operations = {
        "GET": Op("entries_list", "List entries", page_of(told.EntryItem)),
        "POST": Op("entries_enter", "Enter what a source says", told.Entry, writing.NewEntry, 201, fails=(422,)),
    }
    whole = EntryView.whole

    def rows(self):
        return seen_by(self.request.user)

    def post(self, request):
        said = taken(self, writing.NewEntry)
        source, victim = self._source(said["source"]), self._victim(said["victim"])
        key = said["item_key"].strip() or f"keyed-{uuid4().hex[:16]}"
        wish = Wish(source, said["record"], said["text"], None, key, said["locator"], said["language"])
        wish.synthetic = said["synthetic"]
        written(wish, user=request.user, why=said["why"], victim=victim)
        entry = self.rows().get(source=source, item_key=key)
        return Response(self.whole(entry), 201, headers={"Location": f"{self.root}entries/{entry.pk}/"})

    def _source(self, slug: str) -> Source:
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            raise body_problem([("#/source", _("There is no source with this id."))])
        return source

    def _victim(self, text: str | None) -> Victim | None:
        if text is None:
            return None
        victim = visible(self.request.user).filter(pk=from_public_id(text) or 0).first()
        if victim is None:
            raise body_problem([("#/victim", _("There is no record with this id that you could add to."))])
        return victim


class ParseView(ApiView):
    """What the parser reads in a text: record, spans, what was not understood, warnings. Nothing is written."""

    tag = "entries"
    operations = {"POST": Op("parse", "Read a printed entry", told.Parsed, writing.Parsing)}

    def post(self, request):
        text = taken(self, writing.Parsing)["text"].strip()
        read = as_read(text, Source())
        remainder = [text[start:end] for slot, pieces in read.spans if slot == "" for start, end in pieces]
        parsed = {
            "record": read.record,
            "spans": read.spans,
            "remainder": remainder,
            "warnings": [*parser_warnings(read.warnings), *record_warnings(read.record)],
            "parser_version": read.parser_version,
        }
        return Response(self.told(told.Parsed, parsed))
