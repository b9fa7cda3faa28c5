"""Pages of the demonstration: every message it has sent, as its receiver would see it."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from config.demo.messages import CaughtMessage, caught_message, caught_messages


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/message_list.html", {"letters": caught_messages()})


@require_safe
def message_detail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "demo/message_detail.html", {"letter": _found(key)})


@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its types know only views without a path
    {
        "default-src": [NONE],
        "frame-ancestors": [SELF],
        "img-src": ["data:"],
        # Mail carries its styles in its elements, because many mail programs read no others.
        "style-src": [UNSAFE_INLINE],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def message_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part alone, for the frame in the page: no script, no form; a link opens a tab of its own."""
    return HttpResponse('<base target="_blank">' + _found(key).html)


@require_safe
def message_attachment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    attachments = _found(key).attachments
    if number >= len(attachments):
        raise Http404
    chosen = attachments[number]
    # As plain text the calendar file can be read in the browser; everything else is downloaded.
    is_text = chosen.content_type in ("text/calendar", "text/plain")
    answer = HttpResponse(
        chosen.content, content_type="text/plain; charset=utf-8" if is_text else chosen.content_type
    )
    answer["Content-Disposition"] = f'{"inline" if is_text else "attachment"}; filename="{chosen.name}"'
    return answer


def _found(key: str) -> CaughtMessage:
    message = caught_message(key)
    if message is None:
        raise Http404
    return message
