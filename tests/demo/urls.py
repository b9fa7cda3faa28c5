"""The addresses of the site with the demonstration switched on."""

from django.urls import include, path

from config.urls import urlpatterns as of_the_site

urlpatterns = [path("demo/", include("config.demo.urls")), *of_the_site]
