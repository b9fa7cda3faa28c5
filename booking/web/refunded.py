"""How much of what was paid went back, in the same words for the patient and for reception."""

from django.utils.translation import gettext as _

from booking.queries.visits import Money
from booking.words import say_money


def say_refunded(money: Money) -> str:
    words = {"back": say_money(money.returned), "paid": say_money(money.paid)}
    if money.returned == money.paid:
        return _("%(back)s refunded") % words
    return _("%(back)s of %(paid)s refunded") % words
