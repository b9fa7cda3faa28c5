"""Who gets in: those who treat, each to their own day and their own patients."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import Patient, Practitioner, User
from booking.actions.reading import note_opened
from booking.models import Appointment
from booking.queries.clinical.treating import TREATS, is_treated_by, practitioner_of

View: TypeAlias = Callable[..., HttpResponse]
HOME = "/physio/"


def physio(*methods: str) -> Callable[[View], View]:
    """A view that is given whose day it is: view(request, me, ...). Nothing of it is kept by any cache."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            me = practitioner_of(request.user)
            if me is None:
                raise PermissionDenied
            if request.method not in {*methods, *(["HEAD"] if "GET" in methods else [])}:
                return HttpResponseNotAllowed(methods)
            response = view(request, me, *args, **kwargs)
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return wrap


def about_my_patient(*methods: str) -> Callable[[View], View]:
    """A view about one patient of mine: view(request, me, patient, ...). A stranger's record is refused."""

    def wrap(view: View) -> View:
        @physio(*methods)
        @wraps(view)
        def answer(request: HttpRequest, me: Practitioner, patient_id: UUID, **kwargs: Any) -> HttpResponse:
            patient = get_object_or_404(Patient, pk=patient_id)
            # Asked before anybody is sent on: where a record went is told to who treats them.
            if not is_treated_by(patient_id=patient.merged_into_id or patient.pk, practitioner=me):
                raise PermissionDenied
            if patient.merged_into_id is not None:
                return redirect(request.path.replace(str(patient_id), str(patient.merged_into_id)))
            _note(request, patient.pk)
            return view(request, me, patient, **kwargs)

        return answer

    return wrap


def about_my_visit(*methods: str) -> Callable[[View], View]:
    """A view about one visit of mine: view(request, me, visit, ...). Another physio's visit is refused."""

    def wrap(view: View) -> View:
        @physio(*methods)
        @wraps(view)
        def answer(request: HttpRequest, me: Practitioner, visit_id: UUID, **kwargs: Any) -> HttpResponse:
            visit = get_object_or_404(
                Appointment.objects.made().with_names().select_related("plan"), pk=visit_id
            )
            if visit.practitioner_id != me.pk or visit.status not in TREATS:
                raise PermissionDenied
            assert visit.patient_id is not None, "a visit that was made has a patient"
            _note(request, visit.patient_id)
            return view(request, me, visit, **kwargs)

        return answer

    return wrap


def signed_in(request: HttpRequest) -> User:
    """Who reads this page."""
    assert isinstance(request.user, User), "the door lets nobody else in"
    return request.user


def _note(request: HttpRequest, patient_id: UUID) -> None:
    """Every page about a patient is behind this door, so none can be read without a trace."""
    if request.method in ("GET", "HEAD"):
        note_opened(patient_id=patient_id, by=signed_in(request), now=timezone.now())


def _sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(HOME)
    return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else HOME)
