"""The least that could hold a time: a bare Django view that writes one row, as the body has it.

Nobody looks whether the time is free, no price and no policy is copied, nothing is written about who did it.
"""

import json
from datetime import datetime, timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from booking.models import Appointment


def hold(request: HttpRequest) -> HttpResponse:
    asked, now = json.loads(request.body), timezone.now()
    starts_at = datetime.fromisoformat(asked.pop("starts_at"))
    row = Appointment.objects.create(
        id=uuid4(),
        status=Appointment.Status.HELD,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        occupied_until=starts_at + timedelta(minutes=60),
        hold_expires_at=now + timedelta(minutes=10),
        created_at=now,
        **asked,
    )
    return JsonResponse({"id": str(row.pk)}, status=201)


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("api/v1/holds/", hold), path("healthz", healthz)]
