"""The addresses of the physio's pages, all under /physio/."""

from django.urls import path

from booking.web.physio.plan.views import plan

app_name = "physio"
urlpatterns = [
    path("patients/<uuid:patient_id>/plan/", plan, name="plan"),
]
