"""The addresses of the API, version 1."""

from django.urls import path, re_path

from booking.api.views import (
    appointments,
    base,
    booking,
    catalogue,
    clinical,
    described,
    diary,
    holds,
    paying,
    screening,
    times,
)

app_name = "api"

urlpatterns = [
    path("treatments/", catalogue.TreatmentList.as_view(), name="treatments"),
    path("treatments/<slug:slug>/", catalogue.TreatmentDetail.as_view(), name="treatment"),
    path("conditions/", catalogue.ConditionList.as_view(), name="conditions"),
    path("conditions/<slug:slug>/", catalogue.ConditionDetail.as_view(), name="condition"),
    path("services/", catalogue.ServiceList.as_view(), name="services"),
    path("services/<slug:slug>/", catalogue.ServiceDetail.as_view(), name="service"),
    path("services/<slug:slug>/times/", times.TimesView.as_view(), name="times"),
    path("services/<slug:slug>/screening/", screening.QuestionsView.as_view(), name="questions"),
    path("screenings/", screening.ScreeningsView.as_view(), name="screenings"),
    path("holds/", holds.HoldsView.as_view(), name="holds"),
    path("holds/<uuid:hold_id>/", holds.HoldView.as_view(), name="hold"),
    path("holds/<uuid:hold_id>/book/", booking.BookView.as_view(), name="book"),
    path("appointments/", appointments.AppointmentsView.as_view(), name="appointments"),
    path("appointments/<uuid:appointment_id>/", appointments.AppointmentView.as_view(), name="appointment"),
    path("appointments/<uuid:appointment_id>/cancel/", appointments.CancelView.as_view(), name="cancel"),
    path("appointments/<uuid:appointment_id>/move/", appointments.MoveView.as_view(), name="move"),
    path("appointments/<uuid:appointment_id>/pay/", paying.PayView.as_view(), name="pay"),
    path(
        "appointments/<uuid:appointment_id>/screening/",
        screening.VisitScreeningView.as_view(),
        name="visit-screening",
    ),
    path("appointments/<uuid:appointment_id>/record/", clinical.RecordView.as_view(), name="record"),
    path("appointments/<uuid:appointment_id>/consent/", clinical.ConsentView.as_view(), name="consent"),
    path("diary/", diary.DiaryView.as_view(), name="diary"),
    path("schema/", described.SchemaView.as_view(), name="schema"),
    path("docs/", described.DocsView.as_view(), name="docs"),
    re_path("", base.NothingHere.as_view(), name="nothing-here"),
]
