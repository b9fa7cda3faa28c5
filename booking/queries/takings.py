"""A day's money, and by what means it came: the drawer and the terminal are counted against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from booking.models import Payment, Receipt, Refund
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """One line of the day: how many, and how much in minor units. Refunds are below nought."""

    method: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    lines: Sequence[Taking]
    receipts: Sequence[Receipt]
    refunds: Sequence[Refund]
    """What went back to cards, as it is counted among the lines."""

    @property
    def total_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)


def takings_on(day: date) -> Takings:
    """From midnight to midnight on the clinic's clock. A fixed number of queries."""
    (local,) = local_days(clinic_zone(), day, 1)
    span = (instant_of(local.start), instant_of(local.end))
    receipts = Receipt.objects.filter(taken_at__gte=span[0], taken_at__lt=span[1])
    desk = receipts.values("method").annotate(count=Count("pk"), total=Sum("amount_minor")).order_by("method")
    online = Payment.objects.filter(state=Payment.State.PAID, paid_at__gte=span[0], paid_at__lt=span[1])
    came = online.aggregate(count=Count("pk"), total=Sum("amount_minor"))
    refunds = list(
        Refund.objects.filter(state=Refund.State.SUCCEEDED, settled_at__gte=span[0], settled_at__lt=span[1])
        .select_related("payment__appointment__patient")
        .order_by("settled_at")
    )
    return Takings(
        lines=[
            *(Taking(method=row["method"], count=row["count"], amount_minor=row["total"]) for row in desk),
            Taking(method="online", count=came["count"], amount_minor=came["total"] or 0),
            Taking(
                method="refund",
                count=len(refunds),
                amount_minor=-sum(refund.amount_minor for refund in refunds),
            ),
        ],
        receipts=list(
            receipts.select_related("appointment__patient", "taken_by")
            .prefetch_related("reversals")
            .order_by("taken_at")
        ),
        refunds=refunds,
    )
