"""Addresses of the public catalogue."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from catalogue.web import views
from catalogue.web.sitemaps import SITEMAPS

app_name = "catalogue"

urlpatterns = [
    path("treatments/", views.treatment_list, name="treatments"),
    path("treatments/<slug:slug>/", views.treatment, name="treatment"),
    path("conditions/", views.condition_list, name="conditions"),
    path("conditions/<slug:slug>/", views.condition, name="condition"),
    path("physios/", views.physio_list, name="physios"),
    path("physios/<slug:slug>/", views.physio, name="physio"),
    path("prices/", views.prices, name="prices"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
