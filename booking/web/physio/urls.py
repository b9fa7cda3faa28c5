"""The addresses of the physio's pages, all under /physio/."""

from django.urls import path

from booking.web.physio.adverse_event import adverse_event
from booking.web.physio.card.page import visit
from booking.web.physio.consent.pages import consent, paper, withdraw
from booking.web.physio.record.pages import addition, record

app_name = "physio"
urlpatterns = [
    path("visits/<uuid:visit_id>/", visit, name="visit"),
    path("visits/<uuid:visit_id>/consent/", consent, name="consent"),
    path("visits/<uuid:visit_id>/consent/withdraw/", withdraw, name="withdraw-consent"),
    path("visits/<uuid:visit_id>/consent/<uuid:consent_id>/", paper, name="consent-paper"),
    path("visits/<uuid:visit_id>/record/", record, name="record"),
    path("visits/<uuid:visit_id>/addition/", addition, name="addition"),
    path("visits/<uuid:visit_id>/adverse-event/", adverse_event, name="adverse-event"),
]
