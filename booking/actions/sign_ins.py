"""Who may sign in as somebody: whoever proved the address, and nobody who only typed it."""

from datetime import datetime

from accounts.models import User
from booking.actions.audit import Actor, record


def forget_password(*, user: User, now: datetime) -> bool:
    """Take away a password that was chosen before the address was proved, and say whether there was one.

    Anybody can type an address at sign-up. Every session that the password opened ends with it.
    """
    if not user.has_usable_password():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(verb="password forgotten", by=Actor.patient(user), at=now)
    return True
