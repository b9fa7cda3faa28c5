from datetime import datetime

from django.urls import path, register_converter

from config.demo import views


class MessageKey:
    """A file's name without its ending: the moment it came, to the microsecond."""

    regex = r"\d{8}T\d{12}"

    def to_python(self, value: str) -> str:
        datetime.strptime(value, "%Y%m%dT%H%M%S%f")  # noqa: DTZ007 (asked only whether it is one)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MessageKey, "message_key")

app_name = "demo"
urlpatterns = [
    path("messages/", views.message_list, name="messages"),
    path("messages/<message_key:key>/", views.message_detail, name="message"),
    path("messages/<message_key:key>/html/", views.message_html, name="message-html"),
    path(
        "messages/<message_key:key>/attachments/<int:number>/",
        views.message_attachment,
        name="message-attachment",
    ),
]
