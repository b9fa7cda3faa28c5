"""What every page stands on: the styles of the staff hang on a class of the body, so it must be there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

TEMPLATES = Path(settings.BASE_DIR) / "templates"
BLOCK = re.compile(r"{%-? block (\w+)")
EXTENDS = re.compile(r'{% extends "([^"]+)"')
STAFF_PAGES = ("diary", "day-list", "book", "patients", "lists", "absences", "day-sheet", "takings")


def extending() -> list[str]:
    paths = sorted(path for path in TEMPLATES.rglob("*.html") if EXTENDS.search(path.read_text()))
    return [str(path.relative_to(TEMPLATES)) for path in paths]


def blocks_above(name: str) -> set[str]:
    """Every block that a template's ancestors have."""
    parent = EXTENDS.search((TEMPLATES / name).read_text())
    if parent is None or not (TEMPLATES / parent[1]).exists():
        return set()
    return set(BLOCK.findall((TEMPLATES / parent[1]).read_text())) | blocks_above(parent[1])


def body_of(html: str) -> str:
    found = re.search(r"<body[^>]*>", html)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("name", extending())
def test_what_sets_the_class_of_the_body_or_of_main_sets_a_block_that_exists(name: str) -> None:
    own = {
        block
        for block in BLOCK.findall((TEMPLATES / name).read_text())
        if block.startswith(("body", "main_"))
    }
    assert own <= blocks_above(name)


@pytest.mark.parametrize("page", STAFF_PAGES)
@pytest.mark.django_db
def test_the_body_of_each_page_at_the_desk_is_the_staffs(client: Client, page: str) -> None:
    client.force_login(make_user(role="reception"))
    assert body_of(client.get(reverse(f"reception:{page}")).content.decode()) == '<body class="staff">'


@pytest.mark.parametrize("path", ["/", "/treatments/", "/accounts/login/"])
@pytest.mark.django_db
def test_the_body_of_a_public_page_is_not(client: Client, path: str) -> None:
    assert body_of(client.get(path, follow=True).content.decode()) == '<body class="">'


@pytest.mark.parametrize("path", ["/", "/treatments/", "/reception/", "/reception/takings/"])
@pytest.mark.django_db
def test_no_attribute_is_glued_to_the_one_before(client: Client, path: str) -> None:
    client.force_login(make_user(role="reception"))
    html = client.get(path).content.decode()
    assert re.findall(r'<\w+(?:\s+[\w-]+(?:="[^"]*")?)*\s+[\w-]+="[^"]*"(?=[\w-])[^>]*>', html) == []
