"""Pages for when something went wrong: the broken ones from the settings alone, as the database may be it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from config.context_processors import named_clinic
from config.refused import refusal_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseBadRequest(render_to_string("400.html", {"clinic": named_clinic()}))


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError(render_to_string("500.html", {"clinic": named_clinic()}))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is wrong with the site here: it says whose page it is, and links to one's own."""
    return render(request, "403.html", {"refusal": refusal_of(request)}, status=403)
