"""The addresses of reception's pages, all under /reception/."""

from django.urls import path

from booking.web.reception.absences import absences, add, close, remove, reopen
from booking.web.reception.alerts import alarms
from booking.web.reception.alerts import alert as safety_alert
from booking.web.reception.booking.patients import new_patient
from booking.web.reception.booking.patients import patients as found
from booking.web.reception.booking.views import book
from booking.web.reception.credentials.views import credentials, end, renew
from booking.web.reception.diary.page import day_list, diary
from booking.web.reception.diary.urgent import urgent
from booking.web.reception.leave_requests import answer as answer_leave
from booking.web.reception.lists import lists, see_to
from booking.web.reception.record.merging import merging
from booking.web.reception.record.search import patients
from booking.web.reception.record.views import alert, contact, online, record
from booking.web.reception.record.waitlist import waitlist
from booking.web.reception.sheet import day_sheet
from booking.web.reception.takings import takings, void_one
from booking.web.reception.visit.cancelling import cancelling
from booking.web.reception.visit.money import take, void
from booking.web.reception.visit.moving import moving, undo
from booking.web.reception.visit.pay_link import pay_link
from booking.web.reception.visit.refunding import refunding
from booking.web.reception.visit.views import step, visit

app_name = "reception"
urlpatterns = [
    path("", diary, name="diary"),
    path("list/", day_list, name="day-list"),
    path("urgent/", urgent, name="urgent"),
    path("alerts/", alarms, name="alarms"),
    path("alerts/<uuid:alert_id>/", safety_alert, name="safety-alert"),
    path("book/", book, name="book"),
    path("patients/", patients, name="patients"),
    path("patients/found/", found, name="found"),
    path("patients/new/", new_patient, name="new-patient"),
    path("patients/<uuid:patient_id>/", record, name="record"),
    path("patients/<uuid:patient_id>/contact/", contact, name="contact"),
    path("patients/<uuid:patient_id>/alert/", alert, name="alert"),
    path("patients/<uuid:patient_id>/online/", online, name="online"),
    path("patients/<uuid:patient_id>/waiting-list/", waitlist, name="waitlist"),
    path("patients/<uuid:patient_id>/merge/", merging, name="merge"),
    path("lists/", lists, name="lists"),
    path("lists/<slug:what>/<uuid:row_id>/", see_to, name="see-to"),
    path("absences/", absences, name="absences"),
    path("absences/add/", add, name="add-absence"),
    path("absences/close/", close, name="close"),
    path("leave-requests/<uuid:request_id>/", answer_leave, name="answer-leave"),
    path("absences/<int:absence_id>/remove/", remove, name="remove-absence"),
    path("closures/<int:closure_id>/remove/", reopen, name="reopen"),
    path("credentials/", credentials, name="credentials"),
    path("credentials/<int:credential_id>/", renew, name="renew-credential"),
    path("credentials/<int:credential_id>/end/", end, name="end-credential"),
    path("day-sheet/", day_sheet, name="day-sheet"),
    path("takings/", takings, name="takings"),
    path("takings/<uuid:receipt_id>/void/", void_one, name="void-one"),
    path("visits/<uuid:visit_id>/", visit, name="visit"),
    path("visits/<uuid:visit_id>/step/", step, name="step"),
    path("visits/<uuid:visit_id>/move/", moving, name="move"),
    path("visits/<uuid:visit_id>/undo-move/", undo, name="undo-move"),
    path("visits/<uuid:visit_id>/cancel/", cancelling, name="cancel"),
    path("visits/<uuid:visit_id>/payments/", take, name="take"),
    path("visits/<uuid:visit_id>/pay-link/", pay_link, name="pay-link"),
    path("visits/<uuid:visit_id>/refund/", refunding, name="refund"),
    path("receipts/<uuid:receipt_id>/void/", void, name="void"),
]
