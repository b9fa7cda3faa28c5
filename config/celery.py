"""Celery: the application, and the table of what is done again and again.

Rows in PostgreSQL say what is due; these ticks only look. A tick that was missed is made good by the next.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("oakmont")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A tick that waited too long in the queue is dropped: a newer one stands behind it.
app.conf.beat_schedule = {
    "deliver due messages": {
        "task": "booking.tasks.deliver_due_messages",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "lapse overdue holds": {
        "task": "booking.tasks.lapse_overdue_holds",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "settle payments": {
        "task": "booking.tasks.settle_payments",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "reconcile payments": {
        "task": "booking.tasks.reconcile_payments",
        "schedule": 300.0,
        "kwargs": {"hours": 2},
        "options": {"expires": 300},
    },
    "reconcile the last three days": {
        "task": "booking.tasks.reconcile_payments",
        "schedule": crontab(hour=3, minute=10),
        "kwargs": {"hours": 72},
    },
    "forget old answers": {
        "task": "booking.tasks.forget_old_answers",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget screenings without a booking": {
        "task": "booking.tasks.forget_unbooked_screenings",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget old sessions": {
        "task": "booking.tasks.forget_old_sessions",
        "schedule": crontab(hour=4, minute=0),
    },
}


@worker_init.connect
def refuse_to_work_unsafely(**kwargs: Any) -> None:
    from config.checks import refuse_unsafe_settings

    refuse_unsafe_settings()
