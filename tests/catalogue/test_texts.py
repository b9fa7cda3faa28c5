"""Markdown becomes HTML that is safe to print."""

import pytest
from pytest_django import Settings

from catalogue.texts import to_html, to_plain


def test_paragraphs_and_lists_become_html() -> None:
    assert to_html("One.\n\n- two\n- three") == "<p>One.</p>\n<ul>\n<li>two</li>\n<li>three</li>\n</ul>\n"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='https://clinic.example' onclick='alert(1)'>press</a>",
        "<p style='position:fixed'>cover</p>",
        "![x](https://elsewhere.example/pixel.png)",
    ],
)
def test_nothing_that_could_run_or_fetch_gets_through(attack: str) -> None:
    html = to_html(attack)

    assert not [
        tag
        for tag in ("<script", "<img", 'href="javascript', 'href="data', "<a href='", "<p style")
        if tag in html
    ]


def test_headings_stand_below_those_of_the_page() -> None:
    assert to_html("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_the_emergency_number_is_the_countrys_and_can_be_rung(settings: Settings) -> None:
    settings.EMERGENCY_NUMBER = "112"

    assert '<a href="tel:112" rel="noopener">112</a>' in to_html("Call {emergency_number}.")


def test_other_braces_stay_as_they_were_written() -> None:
    assert "{SECRET_KEY}" in to_html("Literally {SECRET_KEY}.")


def test_plain_words_carry_no_markup() -> None:
    assert to_plain("**Rest** & move.\n\n- walk\n- swim") == "Rest & move. walk swim"
