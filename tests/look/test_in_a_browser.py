"""The public pages in a real browser: accessible, narrow enough, quiet, and whole without scripts."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalogue.models import Service, TreatmentQuestion, TreatmentSource
from tests.axe import sideways, violations
from tests.factories import make_clinic, make_condition, make_treatment

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
ON_A_PHONE = {"viewport": PHONE, "color_scheme": "light"}
AT_NIGHT = {"viewport": DESK, "color_scheme": "dark"}
PAGES = [
    "/",
    "/treatments/",
    "/treatments/dry-needling/",
    "/conditions/",
    "/conditions/neck-pain/",
    "/physios/",
    "/physios/maren-holt/",
    "/prices/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nowhere/",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinic() -> None:
    lists = "Some words (Chys 2023).\n\nMore of them, and a list:\n\n" + "- one of them\n" * 12
    treatment = make_treatment(
        slug="dry-needling",
        name="Dry needling",
        what_it_is=lists,
        how_it_helps=lists,
        who_it_suits=lists,
        who_should_not=lists,
        evidence=lists,
    )
    TreatmentQuestion.objects.create(treatment=treatment, question="Does it hurt?", answer="A little.")
    TreatmentSource.objects.create(treatment=treatment, citation="Chys M. A review.", year=2023)
    service = make_clinic(visit_kind=Service.VisitKind.FIRST, horizon_days=14)
    service.treatments.add(treatment)
    service.practitioners.update(slug="maren-holt", name="Maren Holt", bio="Necks.", languages="English")
    condition = make_condition(slug="neck-pain", treatments=[treatment], self_care="Walk.")
    condition.practitioners.set(service.practitioners.all())


def opened(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_page(**{"viewport": PHONE, "reduced_motion": "reduce"} | options)
    page.goto(address)
    return page


@pytest.mark.parametrize(("path", "look"), [*product(PAGES, [ON_A_PHONE]), *product(PAGES[::2], [AT_NIGHT])])
def test_axe_finds_nothing(
    browser: Browser, live_server: LiveServer, clinic: None, path: str, look: dict[str, Any]
) -> None:
    page = opened(browser, live_server.url + path, **look)

    found = violations(page)

    page.close()
    assert found == []


@pytest.mark.parametrize(
    ("path", "width"),
    [*product(PAGES, [320]), *product(["/", "/treatments/dry-needling/", "/accounts/login/"], [1024, 1280])],
)
def test_nothing_scrolls_sideways(
    browser: Browser, live_server: LiveServer, clinic: None, path: str, width: int
) -> None:
    page = opened(browser, live_server.url + path, viewport={"width": width, "height": 640})

    over = sideways(page)

    page.close()
    assert over == 0


@pytest.mark.parametrize("path", ["/", "/treatments/dry-needling/", "/physios/", "/accounts/login/"])
def test_the_policy_stops_nothing_of_ours(
    browser: Browser, live_server: LiveServer, clinic: None, path: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    answer = page.goto(live_server.url + path)
    page.wait_for_load_state("networkidle")

    page.close()
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert said == []


def test_the_menu_opens_without_scripts(browser: Browser, live_server: LiveServer, clinic: None) -> None:
    page = opened(browser, live_server.url, java_script_enabled=False)

    page.locator("details[data-menu] summary").click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Physios").click()

    page.wait_for_url("**/physios/")
    page.close()


def test_escape_closes_the_menu_and_leaves_the_reader_on_it(
    browser: Browser, live_server: LiveServer, clinic: None
) -> None:
    page = opened(browser, live_server.url)
    menu = page.locator("details[data-menu]")
    page.locator("details[data-menu] summary").click()

    page.keyboard.press("Escape")

    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(
    browser: Browser, live_server: LiveServer, clinic: None
) -> None:
    page = opened(browser, live_server.url)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_every_stop_of_the_keyboard_wears_a_ring(
    browser: Browser, live_server: LiveServer, clinic: None
) -> None:
    page = opened(browser, live_server.url + "/treatments/dry-needling/", viewport=DESK)
    bare = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, style, width = page.evaluate(
            """() => {
                const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
                return [document.activeElement.textContent.trim(), outlineStyle, outlineWidth];
            }"""
        )
        if page.evaluate("document.activeElement === document.body"):
            break
        if (style, width) != ("solid", "3px"):
            bare.append(name)

    page.close()
    assert bare == []


def test_what_a_phone_folds_away_a_desk_shows(
    browser: Browser, live_server: LiveServer, clinic: None
) -> None:
    folded = "#what-it-is .o-fold .o-prose"
    phone = opened(browser, live_server.url + "/treatments/dry-needling/")
    desk = opened(browser, live_server.url + "/treatments/dry-needling/", viewport=DESK)

    seen = (phone.locator(folded).is_visible(), desk.locator(folded).is_visible())

    phone.close()
    desk.close()
    assert seen == (False, True)


def test_a_reference_unfolds_its_source(browser: Browser, live_server: LiveServer, clinic: None) -> None:
    page = opened(browser, live_server.url + "/treatments/dry-needling/")

    page.locator("#who").get_by_role("link", name="Chys 2023").click()

    source = page.locator("#source-chys-2023")
    source.wait_for(state="visible")
    assert source.is_visible()
    page.close()


def test_every_target_is_large_enough_for_a_thumb(
    browser: Browser, live_server: LiveServer, clinic: None
) -> None:
    page = opened(browser, live_server.url)

    small = page.evaluate(
        """() => [...document.querySelectorAll(".btn, .o-tap, .o-mark, summary, .o-areas a")]
            .filter((it) => it.getClientRects().length && it.getBoundingClientRect().height < 44)
            .map((it) => it.textContent.trim())"""
    )

    page.close()
    assert small == []
