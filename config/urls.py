"""Every address of the site, in the order in which they are tried."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from booking.api import webhooks
from config import health

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("webhooks/stripe/", webhooks.stripe, name="stripe-webhook"),
    path("api/v1/", include("booking.api.urls")),
    path("reception/", include("booking.web.reception.urls")),
    path("physio/", include("booking.web.physio.urls")),
    path("", include("catalogue.urls")),
    path("", include("booking.web.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("config.demo.urls")))
