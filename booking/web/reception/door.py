"""Who gets in: reception and managers. Everybody else is told so, and strangers are asked to sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts import roles
from accounts.models import User

View: TypeAlias = Callable[..., HttpResponse]


def desk(*methods: str) -> Callable[[View], View]:
    """A view for the front desk that answers these methods only. Nothing of it is kept by any cache."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            if not roles.may_manage_the_diary(request.user):
                raise PermissionDenied
            if request.method not in {*methods, *(["HEAD"] if "GET" in methods else [])}:
                return HttpResponseNotAllowed(methods)
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return wrap


def clerk(request: HttpRequest) -> User:
    """Who is at the desk."""
    assert isinstance(request.user, User), "the door lets nobody else in"
    return request.user


def _sign_in(request: HttpRequest) -> HttpResponse:
    """A session that ended while the diary stood open takes the whole page along, not its panel."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect("/reception/")
    path = request.get_full_path() if request.method in ("GET", "HEAD") else "/reception/"
    return redirect_to_login(path)
