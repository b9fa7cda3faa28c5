"""The addresses of the physio's pages, all under /physio/."""

from django.urls import path

from booking.web.physio.alerts import take
from booking.web.physio.events import events

app_name = "physio"
urlpatterns = [
    path("alerts/<uuid:alert_id>/take/", take, name="take-alert"),
    path("adverse-events/", events, name="events"),
]
