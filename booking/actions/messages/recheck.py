"""Whether a message is still true. Asked when it is about to go: much may happen between plan and post."""

from datetime import datetime

from booking.actions.messages.about_money import reason_to_skip_money_back, reason_to_skip_pay_link
from booking.actions.messages.after import reason_to_skip_after
from booking.models import Appointment, Message
from booking.rules.lifecycle import MADE, STILL_TO_COME, Status


def reason_to_skip(message: Message, visit: Appointment, *, now: datetime) -> str:
    """In plain words why it should not go any more, or nothing."""
    if (after := reason_to_skip_after(message, visit, now=now)) is not None:
        return after
    if message.occasion == Message.Occasion.PAY_LINK:
        return reason_to_skip_pay_link(visit)
    if message.occasion == Message.Occasion.MONEY_BACK:
        return reason_to_skip_money_back(visit)
    if message.sequence != visit.sequence:
        return "The visit changed."
    match message.occasion:
        case Message.Occasion.CANCELLED:
            return "" if visit.status == Status.CANCELLED else "The visit is not cancelled."
        case Message.Occasion.NOT_BOOKED:
            return "The visit was booked after all." if visit.status in MADE else ""
        case Message.Occasion.DIARY_CHANGED:
            last = max(visit.ends_at, message.moved_from or visit.ends_at)
            return "The visit is over." if last <= now else ""
        case Message.Occasion.CONSENT_COPY:
            return ""  # what was signed was signed, however the visit went on
    if visit.status == Status.CANCELLED:
        return "The visit was cancelled."
    if visit.status not in STILL_TO_COME or visit.starts_at <= now:
        return "The visit had begun."
    return ""
