"""The addresses of the physio's pages, all under /physio/."""

from django.urls import path

from booking.web.physio.alerts import take
from booking.web.physio.card.page import patient, visit
from booking.web.physio.events import events
from booking.web.physio.own.calendar import calendar
from booking.web.physio.own.leave import leave
from booking.web.physio.own.patients import patients
from booking.web.physio.own.week import week
from booking.web.physio.plan.views import plan
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
    path("calendar/", calendar, name="calendar"),
    path("leave/", leave, name="leave"),
]
