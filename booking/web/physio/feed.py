"""/calendars/<secret>.ics: what a physio's phone reads. The secret is the key; without it nothing opens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking.actions.feeds import feed_at
from booking.queries.physio_calendar import physio_calendar


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """An address that was revoked is as unknown as one that never was."""
    now = timezone.now()
    found = feed_at(secret=secret, now=now)
    if found is None:
        raise Http404
    content = physio_calendar(practitioner=found.practitioner, now=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="visits.ics"'
    return answer
