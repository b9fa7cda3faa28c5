"""What every page of the patient's has in common: which methods it answers, and who may keep a copy."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

View: TypeAlias = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOn:
    """A link that leads out of a page that says no."""

    href: str
    text: str


def page(*methods: str, personal: bool = False) -> Callable[[View], View]:
    """A view that answers these methods only. No browser, proxy or search engine keeps a personal page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            allowed = {*methods, *(["HEAD"] if "GET" in methods else [])}
            if request.method not in allowed:
                return _not_that_way(request, sorted(allowed))
            response = view(request, *args, **kwargs)
            if personal:
                add_never_cache_headers(response)
                response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return wrap


def say_no(
    request: HttpRequest, *, status: int, title: str, what: str, todo: str = "", way_on: WayOn | None = None
) -> HttpResponse:
    """What happened, what was not lost, and what to do next, in the dress of the house."""
    facts = {"title": title, "what": what, "todo": todo, "way_on": way_on}
    response = render(request, "booking/refusal.html", facts, status=status)
    add_never_cache_headers(response)
    return response


def _not_that_way(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    response = say_no(
        request,
        status=405,
        title=_("This page is reached another way"),
        what=_("The button that leads here was not pressed, so nothing was changed."),
        todo=_("Go back and use the button on the page, or start again from the beginning."),
    )
    response["Allow"] = ", ".join(allowed)
    return response
