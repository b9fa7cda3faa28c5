"""The API, described for programs and shown to people."""

from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from booking.api.views.base import ApiView


class SchemaView(SpectacularJSONAPIView):
    """OpenAPI 3.1. Making it takes a moment, so it is throttled like any reading."""

    throttle_scope = ApiView.throttle_scope


class DocsView(SpectacularSwaggerSplitView):
    """The description as a page. Scripts and styles are our own files, which the site's policy asks for."""

    template_name = "booking/api/docs.html"
    url_name = "api:schema"
