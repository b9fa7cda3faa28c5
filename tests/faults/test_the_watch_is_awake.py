"""The watch over what leaves the clinic catches what is planted: a check that never fails proves nothing."""

import logging
import random
import string
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from booking.gateways.stripe import gateway_from_settings
from booking.models import AuditEntry
from booking.papers.consent import ConsentPaper, consent_pdf
from booking.rules.checkout import checkout_parameters
from config.demo.stripe import StandIn
from tests.faults.canary import Watch, read_mail, watching
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(mailbox: Mailbox, stand_in: StandIn, db: None) -> Iterator[Watch]:
    with watching(mailbox, stand_in) as running:
        yield running


def a_word() -> str:
    return "Canary" + "".join(random.choices(string.ascii_lowercase, k=12))


def _queue(word: str) -> None:
    """As a broker keeps a task; gone again after a minute."""
    with redis.Redis.from_url(str(settings.REDIS_URL)) as server:
        server.rpush("planted", word)
        server.expire("planted", 60)


def _ask_stripe(word: str) -> None:
    """As a payment that says too much on its page would."""
    parameters = checkout_parameters(
        payment_id=uuid.uuid4(), amount_minor=6400, currency="GBP", description=f"Appointment, {word}",
        email="elena@mail.example", expires_at=timezone.now() + timedelta(minutes=40),
        success_url="https://clinic.example/paid/", cancel_url="https://clinic.example/",
    )  # fmt: skip
    gateway_from_settings().create_checkout_session(parameters=parameters, idempotency_key=uuid.uuid4().hex)


PLANTS: dict[str, Callable[[Watch, str], object]] = {
    "valkey": lambda watch, word: cache.set("seen", word),
    "valkey, in a key": lambda watch, word: cache.set(word, 1),
    "valkey, in a queue": lambda watch, word: redis.Redis.from_url(str(settings.REDIS_URL)).rpush(
        "jobs", word
    ),
    "log": lambda watch, word: logging.getLogger("oakmont.request").info("Saw %s", word),
    "log, of the worker": lambda watch, word: logging.getLogger("celery.worker").debug("Saw %s", word),
    "stripe": lambda watch, word: _ask_stripe(word),
    "addresses": lambda watch, word: watch.browser().get("/", {"q": word}),
    "audit": lambda watch, word: AuditEntry.objects.create(
        at=timezone.now(), actor_kind="system", verb="saw", detail={"note": word}
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_the_watch_finds_what_is_planted(watch: Watch, plant: str) -> None:
    word = a_word()
    PLANTS[plant](watch, word)
    assert plant.split(",")[0] in watch.leaks(word)


def test_the_watch_reads_headers_attachments_and_what_is_printed_in_a_paper() -> None:
    head, kept, printed = a_word(), a_word(), a_word()
    paper = ConsentPaper(
        language="en", clinic="Oakmont", title="Before needling", version="version 1", patient="Elena",
        text="One.", statement="I agree.", signatures={"What we talked about": printed},
    )  # fmt: skip
    mail = EmailMessage()
    mail["X-About"] = head
    mail.set_content("Dear Elena")
    mail.add_attachment(kept.encode(), maintype="text", subtype="calendar")
    mail.add_attachment(consent_pdf(paper), maintype="application", subtype="pdf")
    read = " ".join(read_mail(mail))
    assert all(word in read for word in (head, kept, printed))
