"""Every page of booking by axe's rules, in both schemes; narrow enough, and with room for a thumb."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import Appointment, Payment
from booking.queries.links import token_for
from booking.web.patient.new_visit.paying import return_url
from catalogue.models import Service
from tests.axe import sideways, violations
from tests.factories import make_appointment
from tests.journeys.steps import (
    DAY,
    book_at_the_clinic,
    chip,
    code_from,
    fill_in,
    open_calendar,
    press_book,
    take,
)
from tests.mailbox import Mailbox
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1440, "height": 900}
NARROW = {"width": 320, "height": 640}
THUMB = 44
CONTROLS = (
    "button.btn, a.btn, .o-chip, .o-day.is-free, .o-pick a, .form-control, .form-check, .b-back, .o-tap"
)


def every_page(page: Page, service: Service, mailbox: Mailbox) -> Iterator[str]:
    """Goes through booking, and stops on each page under the name it is known by."""
    page.goto("/book/")
    yield "choose a visit"
    open_calendar(page)
    yield "choose a time"
    page.goto(f"/book/follow-up/?day={DAY:%Y-%m-%d}&view=month")
    yield "five weeks"
    make_appointment(service=service, starts_at=working_day(3, "15:00"))
    chip(page, working_day(3, "15:00")).click()
    expect(page.get_by_role("heading", name="was taken")).to_be_visible()
    yield "somebody was faster"
    open_calendar(page)
    take(page)
    yield "details"
    press_book(page)
    expect(page.get_by_role("heading", name="Please look at")).to_be_visible()
    yield "details with errors"
    Appointment.objects.filter(status="held").update(hold_expires_at=timezone.now() - timedelta(seconds=1))
    page.goto("/book/follow-up/details/")
    yield "details after the hold ran out"
    book_at_the_clinic(page)
    yield "booked"
    page.get_by_label("Code").fill(code_from(mailbox))
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_text("One visit ahead.")).to_be_visible()
    yield "my appointments"
    visit = f"/appointments/{token_for(Appointment.objects.get(status='confirmed', starts_at=DAY))}/"
    page.goto(visit)
    yield "one visit"
    page.goto(f"{visit}move/?day={DAY:%Y-%m-%d}")
    yield "choose a new time"
    chip(page, working_day(3, "14:00")).click()
    expect(page.get_by_role("heading", name="Move it here?")).to_be_visible()
    yield "move it here"
    page.goto(f"{visit}cancel/")
    yield "cancel"
    page.goto("/book/nothing-like-that/")
    yield "a refusal"


def before_paying(page: Page) -> None:
    open_calendar(page)
    take(page)
    fill_in(page)
    press_book(page)
    expect(page.get_by_text("£64.00").first).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": DESK}],
    ids=["light, on a phone", "dark, on a desk"],
)
def test_axe_finds_nothing(
    visitor: Callable[..., Page], service: Service, mailbox: Mailbox, options: dict[str, Any]
) -> None:
    page = visitor(**options)

    found = {name: wrong for name in every_page(page, service, mailbox) if (wrong := violations(page))}

    assert found == {}


def too_small(page: Page) -> list[str]:
    """Controls without room for a thumb. In the sheet seven days share the width of the phone."""
    found: list[str] = page.evaluate(
        """([controls, thumb]) => [...document.querySelectorAll(controls)]
            .filter(control => control.checkVisibility() && !control.closest('.visually-hidden, .o-foot'))
            .filter(control => control.getBoundingClientRect().height < thumb
                || control.getBoundingClientRect().width < (control.closest('.b-sheet') ? 36 : thumb))
            .map(control => control.outerHTML.slice(0, 120))""",
        [CONTROLS, THUMB],
    )
    return found


def test_the_narrowest_phone_scrolls_nothing_sideways_and_leaves_room_for_a_thumb(
    visitor: Callable[..., Page], service: Service, mailbox: Mailbox
) -> None:
    page = visitor(viewport=NARROW)

    facts = {name: (sideways(page), too_small(page)) for name in every_page(page, service, mailbox)}

    assert facts == dict.fromkeys(facts, (0, []))


def test_the_page_that_waits_for_the_bank_looks_again_by_itself(
    visitor: Callable[..., Page], service: Service, stand_in: Any
) -> None:
    page = visitor()
    before_paying(page)
    session = page.url.rsplit("/", 1)[-1].split("?")[0]
    stand_in.pay(session, slowly=True)
    page.goto(return_url(Appointment.objects.get()))
    expect(page.get_by_role("heading", name="Waiting for the bank")).to_be_visible()
    assert violations(page) == []

    stand_in.settle_payment(Payment.objects.get().stripe_payment_intent_id)

    expect(page.get_by_text("Paid £64")).to_be_visible()
