"""From the mail of the day after to somebody ringing: what must work when it matters most."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.axe import sideways, violations, violations_in_the_dark_too
from tests.journeys.after.conftest import After
from tests.journeys.test_every_page_can_be_used import NARROW

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "perambulating marmalade"


def link_in(texts: list[str]) -> str:
    (found,) = re.findall(r"https?://\S+/after/\S+/", "\n".join(texts))
    return str(found)


def answer(
    page: Page, *, breath: str = "No", chest: str = "No", pain: int = 3, sore: str = "A little"
) -> None:
    page.get_by_role("group", name="short of breath").get_by_label(breath, exact=True).check()
    page.get_by_role("group", name="pain in your chest").get_by_label(chest, exact=True).check()
    page.get_by_role("group", name="How much pain").get_by_label(str(pain), exact=True).check()
    page.get_by_text("A little, like after exercise").click()
    page.get_by_role("button", name="Tell Maren").click()


def test_a_worrying_answer_is_answered_at_once_and_reaches_the_open_diary(after: After) -> None:
    texts = after.post(2)
    assert "Soreness for a day or two is usual." in texts[0] + texts[1]
    assert not any("needl" in text.lower() for text in texts)
    diary = after.reception.opens()

    page = after.visitor(java_script_enabled=False)
    page.goto(link_in(texts))
    page.get_by_text("Tell us more, if you like").click()
    page.get_by_label("Anything else, in your words").fill(CANARY)
    answer(page, breath="Yes")
    expect(page.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")
    expect(page.get_by_text("We have been told and will ring you.")).to_be_visible()

    expect(diary.get_by_text("Ring Elena Marsh now")).to_be_visible(timeout=5000)
    mails = after.post(2)
    (told,) = [mail for mail in mails if "hello@oakmont.example" in mail]
    (patient,) = [mail for mail in mails if "elena@mail.example" in mail]
    assert "needs a call now" in told
    assert "Elena" not in told
    assert "Ring 999 now" in patient
    assert not any(CANARY in mail for mail in [*texts, *mails])

    diary.get_by_role("button", name="I’m ringing them").click()
    expect(diary.get_by_text("Are you short of breath?")).to_be_visible()
    expect(diary.locator("#urgent").get_by_text("Ana is ringing them")).to_be_visible(timeout=5000)
    diary.get_by_label("What came of it").fill("Rang, ambulance on its way")
    diary.get_by_role("button", name="Write it down").click()
    expect(diary.locator("#urgent").get_by_text("Ring Elena Marsh now")).to_be_hidden(timeout=5000)


def test_of_two_at_the_desk_one_rings_and_the_other_is_told(after: After) -> None:
    from django.utils import timezone

    from tests.needled import make_alert

    make_alert(after.visit, raised_at=timezone.now())
    first, second = after.reception.opens("Ana Duarte"), after.reception.signs_in("Ivy Sharpe")
    second.route("**/reception/urgent/", lambda route: route.abort())  # it has not heard of the other yet
    second.goto("/reception/")
    first.get_by_role("button", name="I’m ringing them").click()
    expect(first.get_by_label("What came of it")).to_be_visible()
    second.get_by_role("button", name="I’m ringing them").click()
    expect(second.get_by_text("Ana was quicker and is ringing them.")).to_be_visible()


def test_every_answer_can_be_read_by_everybody(after: After) -> None:
    page = after.visitor(viewport=NARROW)
    page.goto(link_in(after.post(2)))
    for heading, more in (
        ("How are you today", None),
        ("Thank you", {}),
        ("We’ll ring you today", {"pain": 9}),
        ("This can’t wait", {"chest": "Yes"}),
    ):
        if more is not None:
            page.goto(f"{page.url.split('?')[0]}?again=1")
            answer(page, **more)  # type: ignore[arg-type]
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert violations_in_the_dark_too(page) == [], heading
        assert sideways(page) == 0, heading


def test_thumbs_and_keys_reach_every_number(after: After) -> None:
    page = after.visitor(viewport=NARROW)
    page.goto(link_in(after.post(2)))
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.o-pick label')].map((one) => one.getBoundingClientRect())
                 .map((box) => [box.width, box.height])"""
    )
    assert min(min(size) for size in sizes) >= 44
    first = page.get_by_role("group", name="How much pain").get_by_label("0", exact=True)
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="How much pain").get_by_label("2", exact=True)).to_be_checked()


def test_the_diary_and_the_physios_pages_with_an_alert_can_be_read_by_everybody(after: After) -> None:
    from django.utils import timezone

    from tests.needled import make_alert

    make_alert(after.visit, raised_at=timezone.now())
    page = after.reception.opens()
    page.get_by_role("button", name="I’m ringing them").click()
    expect(page.get_by_label("What came of it")).to_be_visible()
    assert violations(page) == []
    page.goto(f"/reception/patients/{after.visit.patient_id}/")
    page.get_by_text("what to say").click()
    expect(page.get_by_text("Are you short of breath?")).to_be_visible()
    assert violations(page) == []


def test_an_emergency_comes_up_on_the_pages_beside_the_diary_too(after: After) -> None:
    from django.utils import timezone

    from tests.needled import make_alert

    page = after.reception.signs_in()
    page.clock.install()
    page.goto("/reception/takings/")
    make_alert(after.visit, raised_at=timezone.now())
    page.clock.fast_forward(31_000)
    expect(page.locator(".r-alarms").get_by_role("button", name="I’m ringing them")).to_be_visible()
