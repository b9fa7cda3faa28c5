"""/reception/visits/<id>/pay-link/: mails the patient a link for what is left to pay."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.desk.hands import NoAddress
from booking.actions.desk.pay_links import send_pay_link
from booking.actions.desk.payments import NothingOwed
from booking.gateways import doorbell
from booking.gateways.stripe import is_configured
from booking.web.reception.answers import Said
from booking.web.reception.door import clerk, desk
from booking.web.reception.visit.views import after_change, opened, show_visit


@desk("POST")
def pay_link(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    now, found = timezone.now(), opened(visit_id)
    if not is_configured():
        trouble = _("This clinic takes no cards online, so there is no link to send.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    try:
        send_pay_link(appointment_id=found.pk, by=clerk(request), now=now)
    except NothingOwed:
        trouble = _("Nothing is left to pay for this visit. No link was sent.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    except NoAddress:
        trouble = _("The record has no e-mail address. Take it by card terminal or in cash here.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    doorbell.ring()
    said = Said(text=_("Payment link to %(email)s") % {"email": found.patient.email if found.patient else ""})
    return after_change(request, opened(visit_id), said, now=now)
