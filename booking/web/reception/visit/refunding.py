"""/reception/visits/<id>/refund/: how much by which way and why; then what will happen; then it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from booking.actions.desk.refunds import (
    MoneyMoved,
    MoreThanLeft,
    Source,
    give_money_back,
    left_to_give_back,
    reasons_for,
)
from booking.gateways import doorbell
from booking.gateways.doorbell import Task
from booking.models import Appointment, Refund
from booking.rules.lifecycle import Status
from booking.web.reception.answers import Said, panel
from booking.web.reception.door import clerk, desk
from booking.web.reception.visit.amounts import AmountField
from booking.web.reception.visit.panel import shown_visit
from booking.web.reception.visit.views import after_change, opened, show_visit
from booking.words import say_money
from catalogue.money import decimal_amount

WAYS = {
    Source.ONLINE: gettext_lazy("To the card, paid online"),
    Source.TERMINAL: gettext_lazy("At the card terminal"),
    Source.CASH: gettext_lazy("In cash"),
}


class RefundForm(forms.Form):
    """A field for each way in which money came, filled in with what is left of it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why. Nothing was given back.")},
    )
    left = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, appointment: Appointment, left: dict[Source, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["left"] = sum(left.values())
        self.ways = list(left)
        self.fields["reason"].choices = [(one.value, one.label) for one in reasons_for(appointment)]  # type: ignore[attr-defined]
        for way, amount in left.items():
            words = {"way": WAYS[way], "left": say_money(amount)}
            self.fields[way] = AmountField(
                label=_("%(way)s, of %(left)s") % words,
                initial=decimal_amount(amount),
                min_value=0,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                error_messages={
                    "required": _("Write how much, or 0. Nothing was given back."),
                    "invalid": _("Write an amount like 30 or 30.50. Nothing was given back."),
                    "min_value": _("An amount is never below nought. Nothing was given back."),
                },
            )

    def amounts(self) -> dict[Source, int]:
        return {way: self.cleaned_data[way] for way in self.ways}

    @property
    def amount_fields(self) -> Sequence[forms.BoundField]:
        return [self[way] for way in self.ways]

    def is_seen(self, *, left: dict[Source, int]) -> bool:
        """Whether what the clerk saw is how it stands. Notes where more is asked for than is left."""
        amounts = self.amounts()
        for way, amount in amounts.items():
            if amount > left[way]:
                self.add_error(way, _("Only %(left)s is left of it.") % {"left": say_money(left[way])})
        if not sum(amounts.values()):
            self.add_error(self.ways[0], _("Write how much. Nothing was given back."))
        return bool(self.cleaned_data.get("left") == sum(left.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """What will happen, sentence by sentence, and what the button says."""

    lines: Sequence[str]
    button: str


@desk("GET", "POST")
def refunding(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    if not roles.may_give_money_back(request.user):
        raise PermissionDenied
    now, found = timezone.now(), opened(visit_id)
    left = left_to_give_back(found)
    if not left:
        return show_visit(request, visit_id, now=now, trouble=_("Nothing is left to give back."))
    form = RefundForm(request.POST if request.method == "POST" else None, appointment=found, left=left)
    if request.method != "POST":
        return _ask(request, found, form)
    if not form.is_valid():
        return _ask(request, found, form, status=422)
    if not form.is_seen(left=left):
        return show_visit(request, visit_id, now=now, trouble=_moved())
    if form.errors:
        return _ask(request, found, form, status=422)
    if "sure" not in request.POST:
        return _ask(request, found, form, sure=_sure(found, form))
    return _give_back(request, found, form)


def _give_back(request: HttpRequest, found: Appointment, form: RefundForm) -> HttpResponse:
    now, amounts = timezone.now(), form.amounts()
    try:
        together = give_money_back(
            appointment_id=found.pk,
            amounts=amounts,
            reason=form.cleaned_data["reason"],
            seen_left_minor=form.cleaned_data["left"],
            by=clerk(request),
            now=now,
        )
    except (MoneyMoved, MoreThanLeft):
        return show_visit(request, found.pk, now=now, trouble=_moved())
    doorbell.ring(Task.SETTLE_PAYMENTS)
    doorbell.ring()
    said = Said(text=_("%(sum)s given back") % {"sum": say_money(together)})
    return after_change(request, opened(found.pk), said, now=now)


def _ask(
    request: HttpRequest, found: Appointment, form: RefundForm, *, sure: Sure | None = None, status: int = 200
) -> HttpResponse:
    facts = {"visit": shown_visit(appointment=found, now=timezone.now()), "form": form, "sure": sure}
    return panel(request, "refund.html", facts, status=status)


def _moved() -> str:
    return _("Money came or went while you were looking. This is how it stands now; nothing was given back.")


def _sure(found: Appointment, form: RefundForm) -> Sure:
    amounts = form.amounts()
    said = {
        Source.ONLINE: _(
            "%(sum)s goes back by itself to the card it came from. Banks take 5 to 10 working days."
        ),
        Source.TERMINAL: _("Refund %(sum)s at the card terminal now: we only write it down."),
        Source.CASH: _("Hand over %(sum)s in cash now: it leaves the drawer."),
    }
    lines = [said[way] % {"sum": say_money(amount)} for way, amount in amounts.items() if amount]
    together = say_money(sum(amounts.values()))
    if found.status != Status.CANCELLED:
        lines.append(_("The visit stays as it is."))
        lines.append(
            _("It is not owed again.")
            if form.cleaned_data["reason"] in Refund.LOWERS_THE_PRICE
            else _("%(sum)s is then to pay again, in another way.") % {"sum": together}
        )
    is_told = found.patient is not None and found.patient.email
    lines.append(
        _("The patient hears of it by e-mail.") if is_told else _("There is no e-mail address, so tell them.")
    )
    return Sure(lines=lines, button=_("Give %(sum)s back") % {"sum": together})
