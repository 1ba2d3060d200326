"""What every answer of the site has in common: its safety headers, its languages, its health."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache


class SafetyHeaders:
    """Sends with every answer what it may run and ask for; Django's own pages for developers are left alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class BodyLimit:
    """Answers 413 to a body above DATA_UPLOAD_MAX_MEMORY_SIZE before anybody reads it.

    Django counts what forms send, but not what parsers of the API read. Forms with files are left to Django,
    which puts files on the disk and counts the rest.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdecimal() and int(length) > limit and request.content_type != "multipart/form-data":
            told = f"The body of a request may have {limit} bytes."
            if request.path_info.startswith("/api/"):
                problem = {"type": "about:blank", "title": "Content Too Large", "status": 413, "detail": told}
                return JsonResponse(problem, status=413, content_type="application/problem+json")
            return HttpResponse(f"{told}\n", status=413, content_type="text/plain")
        return self.get_response(request)


class FileLimit(FileUploadHandler):
    """Lets no more of a file reach memory or disk than tells that it has more than LARGEST_FILE bytes.

    It stands before the handlers that keep files: the form still sees one that is too large, and says so.
    """

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start <= settings.LARGEST_FILE else None

    def file_complete(self, file_size):
        return None


def this_page_in_other_languages(request):
    """For the language switch: where the same page is in each language, its query kept."""
    current, default = get_language(), settings.LANGUAGE_CODE
    path = request.get_full_path()
    if current != default and path.partition("?")[0].startswith(f"/{current}/"):
        path = "/" + path.removeprefix(f"/{current}").lstrip("/")
    languages = [
        {
            "code": code,
            "name": name,
            "current": code == current,
            "home": "/" if code == default else f"/{code}/",
            "url": path if code == default else f"/{code}{path}",
        }
        for code, name in settings.LANGUAGES
    ]
    return {"languages": languages}


@never_cache
def healthz(request):
    """Whether this process answers and reaches its database; for balancers and monitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
