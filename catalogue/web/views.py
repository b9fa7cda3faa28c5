"""The pages that explain. Each picks its rows, hands them to a presenter and prints them."""

from typing import TypeVar

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import roles
from catalogue.models import Condition, Published, Treatment
from catalogue.models.published import PublishedQuerySet
from catalogue.web import reads, structured_data
from catalogue.web.condition_page import areas, condition_page
from catalogue.web.physio_page import physio_page
from catalogue.web.prices_page import prices_page
from catalogue.web.search import clean
from catalogue.web.search import search as find
from catalogue.web.treatment_page import treatment_page

Row = TypeVar("Row", bound=Published)


@require_safe
def treatment_list(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/treatments.html", {"treatments": reads.treatments()})


@require_safe
def treatment(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(reads.treatment_in_full(_readable(request, Treatment.objects.all())), slug=slug)
    page = treatment_page(row, services=reads.services())
    return render(
        request, "catalogue/treatment.html", {"page": page, "data": structured_data.of_treatment(row)}
    )


@require_safe
def condition_list(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/conditions.html", {"areas": areas(reads.conditions())})


@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(reads.condition_in_full(_readable(request, Condition.objects.all())), slug=slug)
    page = condition_page(row, services=reads.services())
    return render(
        request, "catalogue/condition.html", {"page": page, "data": structured_data.of_condition(row)}
    )


@require_safe
def physio_list(request: HttpRequest) -> HttpResponse:
    physios = reads.TREATING.prefetch_related(Prefetch("treats", queryset=reads.conditions()))
    return render(request, "catalogue/physios.html", {"physios": physios, "services": reads.services()})


@require_safe
def physio(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(reads.physio_in_full(reads.TREATING), slug=slug)
    return render(
        request,
        "catalogue/physio.html",
        {"page": physio_page(row), "data": structured_data.of_physio(row)},
    )


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/prices.html", {"page": prices_page(reads.services())})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = clean(request.GET.get("q", ""))
    # allauth's public door never limits reading; the one behind it does.
    if words and not ratelimit.consume(request, app="allauth.account", action="search", limit_get=True):
        return render(request, "429.html", status=429)
    return render(request, "catalogue/search.html", {"words": words, "found": find(words)})


NOT_FOR_SEARCH_ENGINES = (
    "/accounts/", "/admin/", "/after/", "/api/", "/appointments/", "/calendars/", "/physio/", "/reception/",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the list of it is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_SEARCH_ENGINES),
        f"Sitemap: {settings.SITE_URL}{reverse('catalogue:sitemap')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _readable(request: HttpRequest, rows: "PublishedQuerySet[Row]") -> "PublishedQuerySet[Row]":
    """What the public may read. Who may change it sees drafts too, where they ask with ?preview."""
    if "preview" in request.GET and roles.may_change_the_catalogue(request.user):
        return rows
    return rows.published()
