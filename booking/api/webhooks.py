"""The suppliers’ door: what Stripe tells us is checked, kept and answered at once; a worker looks at it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking.actions.payments.events import receive_event
from booking.gateways.doorbell import Task, ring
from booking.gateways.stripe import BadSignature, gateway_from_settings


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """200 once the event is kept; 400 for whatever Stripe did not sign just now; 404 where it is not used."""
    now = timezone.now()
    try:
        gateway = gateway_from_settings()
    except ValueError:
        return HttpResponse(status=404)
    try:
        notice = gateway.verify_webhook(
            body=request.body, signature=request.headers.get("Stripe-Signature", ""), now=now
        )
    except BadSignature:
        return HttpResponse("This was not signed by Stripe just now.", status=400, content_type="text/plain")
    if notice.livemode == gateway.livemode and receive_event(notice=notice, now=now):
        ring(Task.SETTLE_PAYMENTS)
    return HttpResponse(status=200)
