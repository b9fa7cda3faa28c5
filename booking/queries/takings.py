"""A day's money, and by what means it came: the drawer and the terminal are counted against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

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
class CardMovement:
    """A refund on its day: below nought when it went, above when the bank sent it back."""

    refund: Refund
    at: datetime
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    lines: Sequence[Taking]
    receipts: Sequence[Receipt]
    refunds: Sequence[CardMovement]
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
    refunds = _card_movements(*span)
    return Takings(
        lines=[
            *(Taking(method=row["method"], count=row["count"], amount_minor=row["total"]) for row in desk),
            Taking(method="online", count=came["count"], amount_minor=came["total"] or 0),
            Taking(
                method="refund",
                count=len(refunds),
                amount_minor=sum(moved.amount_minor for moved in refunds),
            ),
        ],
        receipts=list(
            receipts.select_related("appointment__patient", "taken_by")
            .prefetch_related("reversals")
            .order_by("taken_at")
        ),
        refunds=refunds,
    )


def _card_movements(start: datetime, end: datetime) -> Sequence[CardMovement]:
    """A refund that came back counts on both days, so that a day that was counted stays as it was."""
    went = Q(settled_at__gte=start, settled_at__lt=end) & (
        Q(state=Refund.State.SUCCEEDED) | Q(returned_at__isnull=False)
    )
    came_back = Q(returned_at__gte=start, returned_at__lt=end)
    moved = []
    for row in Refund.objects.filter(went | came_back).select_related("payment__appointment__patient"):
        if row.settled_at and start <= row.settled_at < end:
            moved.append(CardMovement(refund=row, at=row.settled_at, amount_minor=-row.amount_minor))
        if row.returned_at and start <= row.returned_at < end:
            moved.append(CardMovement(refund=row, at=row.returned_at, amount_minor=row.amount_minor))
    return sorted(moved, key=lambda one: one.at)
