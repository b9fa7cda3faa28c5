"""The doorbell: tells a worker to look now, instead of at the next tick of the clock.

Nothing rests on it. What is due is a row in PostgreSQL, and beat looks every 15 seconds anyway, so when the
broker is away the bell stays silent and nobody waits for it. Doors ring once their transaction has ended.
"""

import logging
import time
from enum import StrEnum

from celery import current_app
from kombu.exceptions import KombuError
from kombu.pools import producers
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A worker may wait for its broker; a person who has just booked may not. Tried once, briefly, and after a
# silent ring left alone until beat has looked by itself.
BRIEFLY = {"max_retries": 0, "interval_start": 0, "socket_connect_timeout": 0.25, "socket_timeout": 0.5}
LEFT_ALONE_SECONDS = 15.0
_left_alone_until = 0.0


class Task(StrEnum):
    """What a worker can be asked to look at now, by the name under which it knows it."""

    DELIVER_DUE_MESSAGES = "booking.tasks.deliver_due_messages"
    SETTLE_PAYMENTS = "booking.tasks.settle_payments"


def ring(task: Task = Task.DELIVER_DUE_MESSAGES) -> bool:
    """Ask for a look, and say whether the broker heard it. Never raises, and waits half a second at most."""
    global _left_alone_until
    if time.monotonic() < _left_alone_until:
        return False
    try:
        briefly = current_app.connection_for_write(transport_options=BRIEFLY)
        with producers[briefly].acquire(block=True, timeout=BRIEFLY["socket_timeout"]) as producer:
            current_app.send_task(task, producer=producer, retry=False, expires=LEFT_ALONE_SECONDS)
    except (KombuError, RedisError, OSError) as error:
        _left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
        logger.warning("The doorbell is silent (%s); beat will look", type(error).__name__)
        return False
    return True
