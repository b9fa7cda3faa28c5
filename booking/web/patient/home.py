"""/: what brings you in, and when somebody is free."""

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from booking.queries.places import Place, open_places
from booking.web.free_times import free_times
from booking.web.patient.page import page
from booking.words import clinic_day
from catalogue.web import reads, structured_data
from catalogue.web.condition_page import areas

# As schema.org names them.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@page("GET")
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    departments = [_department(place) for place in open_places(on=clinic_day(now))]
    facts = {
        "areas": areas(reads.conditions()),
        "treatments": reads.treatments(),
        "physios": reads.TREATING.prefetch_related(Prefetch("treats", queryset=reads.conditions())),
        "free": free_times(reads.services(), now=now),
        "data": structured_data.as_json(structured_data.clinic(departments)),
    }
    return render(request, "booking/home.html", facts)


def _department(place: Place) -> structured_data.Thing:
    return {
        "@type": "Physiotherapy",
        "name": f"{settings.CLINIC_NAME}, {place.name}",
        "telephone": place.phone or settings.CLINIC_PHONE,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "addressLocality": place.town,
            "postalCode": place.postcode,
            "addressCountry": settings.CLINIC_COUNTRY,
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[day.weekday]}",
                "opens": f"{day.opens:%H:%M}",
                "closes": f"{day.closes:%H:%M}",
            }
            for day in place.week
        ],
    }
