"""The addresses of the pages that book. Reception's and the physios' stand in their own files."""

from django.urls import path

from booking.web.patient.after.check import after
from booking.web.patient.consent.copy import copy
from booking.web.patient.consent.pages import consent, withdraw
from booking.web.patient.home import home
from booking.web.patient.new_visit.booked import booked
from booking.web.patient.new_visit.details import details
from booking.web.patient.new_visit.keeping import more_time, release
from booking.web.patient.new_visit.paying import returned
from booking.web.patient.new_visit.start import start
from booking.web.patient.new_visit.times import times
from booking.web.patient.screening.asking import questions
from booking.web.patient.screening.before_visit import answered_before, before_visit
from booking.web.patient.screening.outcome import screened
from booking.web.patient.visits.appointments import appointment, appointments, calendar
from booking.web.patient.visits.cancelling import cancelling
from booking.web.patient.visits.moving import moving
from booking.web.patient.visits.paying import pay
from booking.web.physio.feed import feed

app_name = "booking"
urlpatterns = [
    path("", home, name="home"),
    path("book/", start, name="start"),
    path("book/<slug:slug>/", times, name="times"),
    path("book/<slug:slug>/questions/", questions, name="questions"),
    path("book/<slug:slug>/questions/outcome/", screened, name="screened"),
    path("book/<slug:slug>/details/", details, name="details"),
    path("book/<slug:slug>/more-time/", more_time, name="more-time"),
    path("book/<slug:slug>/release/", release, name="release"),
    path("paid/<str:token>/", returned, name="returned"),
    path("booked/<str:token>/", booked, name="done"),
    path("after/<str:token>/", after, name="after"),
    path("calendars/<str:secret>.ics", feed, name="feed"),
    path("appointments/", appointments, name="appointments"),
    path("appointments/<str:token>/", appointment, name="appointment"),
    path("appointments/<str:token>/questions/", before_visit, name="before-visit"),
    path("appointments/<str:token>/questions/outcome/", answered_before, name="answered-before"),
    path("appointments/<str:token>/move/", moving, name="move"),
    path("appointments/<str:token>/cancel/", cancelling, name="cancel"),
    path("appointments/<str:token>/pay/", pay, name="pay"),
    path("appointments/<str:token>/consent/", consent, name="consent"),
    path("appointments/<str:token>/consent/withdraw/", withdraw, name="withdraw-consent"),
    path("signed/<str:token>/", copy, name="consent-copy"),
    path("appointments/<str:token>/calendar.ics", calendar, name="calendar"),
]
