"""/admin/: a manager edits what the clinic says; nobody else gets in."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Treatment
from tests.factories import make_treatment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(make_user(role="manager", is_staff=True))
    return client


@pytest.fixture
def treatment() -> Treatment:
    return make_treatment(slug="dry-needling", name="Dry needling", state="draft")


def address(treatment: Treatment) -> str:
    return reverse("admin:catalogue_treatment_change", args=[treatment.pk])


def typed(client: Client, treatment: Treatment) -> dict[str, str]:
    """The form as the page shows it, ready to be changed and sent."""
    form = client.get(address(treatment)).context["adminform"].form
    fields = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    inlines = ("questions", "sources", "links")
    counts = {f"{inline}-{count}_FORMS": "0" for inline in inlines for count in ("TOTAL", "INITIAL")}
    return {name: "" if value is None else str(value) for name, value in fields.items()} | counts


def test_it_bears_the_name_of_the_clinic(manager: Client) -> None:
    html = manager.get(reverse("admin:index")).content.decode()
    assert "Oakmont Physio" in html
    assert "Django administration" not in html


def test_what_a_manager_publishes_patients_read(manager: Client, treatment: Treatment) -> None:
    change = typed(manager, treatment) | {"summary": "A thin needle, once.", "state": "published"}
    answer = manager.post(address(treatment), change)
    assert answer.status_code == 302, answer.context["errors"]
    assert "A thin needle, once." in Client().get("/treatments/dry-needling/").content.decode()


def test_what_was_changed_stands_in_its_history(manager: Client, treatment: Treatment) -> None:
    change = typed(manager, treatment) | {"summary": "A thin needle, once."}
    assert manager.post(address(treatment), change).status_code == 302
    history = manager.get(reverse("admin:catalogue_treatment_history", args=[treatment.pk]))
    (entry,) = history.context["action_list"]
    assert entry.get_change_message() == "Changed In one sentence."


@pytest.mark.parametrize("nonsense", ["\0", "\ud7ff" * 3, "x" * 5000, "<script>", "'; DROP TABLE"])
def test_nonsense_typed_here_is_kept_or_refused_and_never_breaks(
    manager: Client, treatment: Treatment, nonsense: str
) -> None:
    change = typed(manager, treatment) | {"name": nonsense, "slug": nonsense}
    assert manager.post(address(treatment), change).status_code in (200, 302)


@pytest.mark.parametrize("role", ["patient", "reception", "physio"])
def test_nobody_else_changes_a_text_even_when_let_in_by_mistake(
    client: Client, treatment: Treatment, role: str
) -> None:
    client.force_login(make_user(role=role, is_staff=True))
    assert client.get(address(treatment)).status_code == 403
    assert client.post(address(treatment), {"name": "Mine"}).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client, treatment: Treatment) -> None:
    assert client.get(address(treatment)).status_code == 302
