"""The first page, with the one box for a name; what this is; how to search."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from victims.templatetags.wording import language
from victims.views.frame import list_address, page

#: What the first page is called to those who read another language than that of the page.
OFFERS = {"ru": "Этот сайт по-русски", "en": "This site in English", "uk": "Цей сайт українською"}


def home(request: HttpRequest) -> HttpResponse:
    """Ask for a name; a question put to this address, as it once was, is sent on to the list of people."""
    query = request.GET.get("q", "").strip().replace("\0", "")
    if query:
        return HttpResponsePermanentRedirect(list_address(q=query))
    offered = _offered(request.headers.get("Accept-Language", ""))
    context = {"offered": offered, "offer": OFFERS.get(offered)}
    response = page(request, "victims/home.html", context, indexed=not request.GET)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _offered(accepted: str) -> str:
    """Return the language to offer to a browser that does not ask for that of the page; English for any other."""
    asked = [code[:2] for code, _weight in parse_accept_lang_header(accepted.lower()) if code != "*"]
    if not asked or language() in asked:
        return ""
    offered = next((code for code in asked if code in OFFERS), "en")
    return "" if offered == language() else offered


def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, what a record means and what it leaves out."""
    return page(request, "victims/about.html", {})


def how_to(request: HttpRequest) -> HttpResponse:
    """Say how to search and what the marks mean."""
    return page(request, "victims/help.html", {})
