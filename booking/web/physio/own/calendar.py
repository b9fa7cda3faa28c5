"""/physio/calendar/: the address of one's own calendar, told once, replaced and revoked."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.feeds import make_feed_address, revoke_feed_address
from booking.models import CalendarFeed
from booking.web.physio.door import physio, signed_in
from booking.web.physio.pages import page
from booking.web.reception.record.when import say_when


@physio("GET", "POST")
def calendar(request: HttpRequest, me: Practitioner) -> HttpResponse:
    """A new address stands in the answer to the press that made it, and is kept nowhere."""
    now = timezone.now()
    address = ""
    if request.method == "POST":
        match request.POST.get("do"):
            case "make":
                secret = make_feed_address(practitioner=me, by=signed_in(request), now=now)
                address = settings.SITE_URL + reverse("booking:feed", args=[secret])
            case "revoke":
                if revoke_feed_address(practitioner=me, by=signed_in(request), now=now):
                    messages.success(request, _("The address is revoked. Whoever knows it reads nothing."))
                return redirect("physio:calendar")
            case _:
                raise BadRequest("Make it or revoke it.")
    feed = CalendarFeed.objects.filter(practitioner=me, revoked_at=None).first()
    facts = {
        "address": address,
        "subscribe": f"webcal://{address.split('://', 1)[1]}" if address else "",
        "has_address": feed is not None,
        "made": say_when(feed.made_at, now=now) if feed else "",
        "read": say_when(feed.read_at, now=now) if feed and feed.read_at else "",
    }
    return page(request, "calendar.html", facts)
