"""The addresses of the physio's pages, all under /physio/."""

from django.urls import path

from booking.web.physio.adverse_event import adverse_event
from booking.web.physio.alerts import take
from booking.web.physio.card.page import patient, visit
from booking.web.physio.consent.pages import consent, paper, withdraw
from booking.web.physio.events import events
from booking.web.physio.own.calendar import calendar
from booking.web.physio.own.leave import leave
from booking.web.physio.own.patients import patients
from booking.web.physio.own.week import week
from booking.web.physio.plan.views import plan
from booking.web.physio.record.pages import addition, record
from booking.web.physio.step import step
from booking.web.physio.today.page import today

app_name = "physio"
urlpatterns = [
    path("", today, name="today"),
    path("alerts/<uuid:alert_id>/take/", take, name="take-alert"),
    path("adverse-events/", events, name="events"),
    path("week/", week, name="week"),
    path("patients/", patients, name="patients"),
    path("patients/<uuid:patient_id>/", patient, name="patient"),
    path("patients/<uuid:patient_id>/plan/", plan, name="plan"),
    path("visits/<uuid:visit_id>/", visit, name="visit"),
    path("visits/<uuid:visit_id>/step/", step, name="step"),
    path("visits/<uuid:visit_id>/consent/", consent, name="consent"),
    path("visits/<uuid:visit_id>/consent/withdraw/", withdraw, name="withdraw-consent"),
    path("visits/<uuid:visit_id>/consent/<uuid:consent_id>/", paper, name="consent-paper"),
    path("visits/<uuid:visit_id>/record/", record, name="record"),
    path("visits/<uuid:visit_id>/addition/", addition, name="addition"),
    path("visits/<uuid:visit_id>/adverse-event/", adverse_event, name="adverse-event"),
    path("calendar/", calendar, name="calendar"),
    path("leave/", leave, name="leave"),
]
