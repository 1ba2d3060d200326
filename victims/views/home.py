"""The first page, with the one box for a name; what this is; how to search."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from victims.views.frame import list_address, page


def home(request: HttpRequest) -> HttpResponse:
    """Ask for a name; a question put to this address, as it once was, is sent on to the list of people."""
    query = request.GET.get("q", "").strip().replace("\0", "")
    if query:
        return HttpResponsePermanentRedirect(list_address(q=query))
    return page(request, "victims/home.html", {}, indexed=not request.GET)


def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, what a record means and what it leaves out."""
    return page(request, "victims/about.html", {})


def how_to(request: HttpRequest) -> HttpResponse:
    """Say how to search and what the marks mean."""
    return page(request, "victims/help.html", {})
