"""Serves the bare insert with nothing between a request and its view."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "tests.benchmarks.insert"
application = WSGIHandler()
