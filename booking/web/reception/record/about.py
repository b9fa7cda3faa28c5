"""The door to one record: found by its id, or led on to the record it was merged into."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.web.reception.door import View, desk


def about_a_patient(*methods: str) -> Callable[[View], View]:
    """A view of the desk's that is given the patient whose id stands in the address."""

    def wrap(view: View) -> View:
        @desk(*methods)
        @wraps(view)
        def answer(request: HttpRequest, patient_id: UUID, **kwargs: Any) -> HttpResponse:
            patient = get_object_or_404(Patient.objects.select_related("holder"), pk=patient_id)
            if patient.merged_into_id is not None:
                if request.method == "POST":
                    messages.warning(
                        request,
                        _("This record has been merged meanwhile, into the one below. Nothing was changed."),
                    )
                return redirect("reception:record", patient.merged_into_id)
            return view(request, patient, **kwargs)

        return answer

    return wrap
