"""The addresses of reception's pages, all under /reception/."""

from django.urls import path

from booking.web.reception.booking.patients import new_patient, patients
from booking.web.reception.booking.views import book
from booking.web.reception.diary.page import day_list, diary
from booking.web.reception.diary.urgent import urgent
from booking.web.reception.visit.cancelling import cancelling
from booking.web.reception.visit.money import take, void
from booking.web.reception.visit.moving import moving, undo
from booking.web.reception.visit.views import step, visit

app_name = "reception"
urlpatterns = [
    path("", diary, name="diary"),
    path("list/", day_list, name="day-list"),
    path("urgent/", urgent, name="urgent"),
    path("book/", book, name="book"),
    path("patients/found/", patients, name="found"),
    path("patients/new/", new_patient, name="new-patient"),
    path("visits/<uuid:visit_id>/", visit, name="visit"),
    path("visits/<uuid:visit_id>/step/", step, name="step"),
    path("visits/<uuid:visit_id>/move/", moving, name="move"),
    path("visits/<uuid:visit_id>/undo-move/", undo, name="undo-move"),
    path("visits/<uuid:visit_id>/cancel/", cancelling, name="cancel"),
    path("visits/<uuid:visit_id>/payments/", take, name="take"),
    path("receipts/<uuid:receipt_id>/void/", void, name="void"),
]
