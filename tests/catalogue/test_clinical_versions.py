"""From draft to in force, and never back; in the back office too."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from catalogue.clinical_versions import NotADraft, NothingAsked, NotSignedOff, new_version, put_in_force
from catalogue.models import ConsentText, ScreeningForm
from tests.factories import make_consent_text, make_needling, make_screening_form, make_user

pytestmark = pytest.mark.django_db
SIGNED = {"signed_off_by": "Imogen Hale", "signed_off_on": date(2026, 11, 1)}


def sign(row: Any) -> None:
    for name, value in SIGNED.items():
        setattr(row, name, value)
    row.save()


def test_a_new_version_is_an_unsigned_draft_with_the_same_questions() -> None:
    form = make_screening_form(treatment=make_needling())
    draft = new_version(form)
    assert (draft.version, draft.state, draft.signed_off_by, draft.signed_off_on) == (2, "draft", "", None)
    assert [q.code for q in draft.questions.all()] == [q.code for q in form.questions.all()]
    assert form.questions.count() == 5


def test_a_new_version_of_a_consent_text_keeps_its_words() -> None:
    text = make_consent_text(treatment=make_needling())
    assert new_version(text).statement == text.statement


def test_putting_it_in_force_replaces_the_former() -> None:
    form = make_screening_form(treatment=make_needling())
    draft = new_version(form)
    sign(draft)
    put_in_force(draft)
    states = dict(ScreeningForm.objects.values_list("version", "state"))
    assert states == {1: "retired", 2: "published"}


def test_nothing_unsigned_is_put_in_force() -> None:
    form = make_screening_form(treatment=make_needling())
    with pytest.raises(NotSignedOff):
        put_in_force(new_version(form))
    form.refresh_from_db()
    assert form.state == "published"


def test_nothing_is_put_in_force_twice() -> None:
    with pytest.raises(NotADraft):
        put_in_force(make_consent_text(treatment=make_needling()))


def test_a_form_that_asks_nothing_is_not_put_in_force() -> None:
    form = make_screening_form(treatment=make_needling(), state="draft")
    form.questions.all().delete()
    with pytest.raises(NothingAsked):
        put_in_force(form)


def test_the_database_keeps_a_version_in_force_as_it_is() -> None:
    text = make_consent_text(treatment=make_needling())
    text.title = "Another"
    with pytest.raises(DatabaseError, match="never changes"):
        text.save()


class TestInTheBackOffice:
    @pytest.fixture
    def office(self, client: Client) -> Client:
        client.force_login(make_user(role="manager", is_staff=True))
        return client

    def press(self, office: Client, what: str, row: Any) -> str:
        url = reverse(f"admin:catalogue_{row._meta.model_name}_changelist")
        answer = office.post(url, {"action": what, "_selected_action": [row.pk]}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_a_draft_is_edited_and_says_who_must_sign(self, office: Client) -> None:
        draft = make_screening_form(treatment=make_needling(), state="draft")
        html = office.get(reverse("admin:catalogue_screeningform_change", args=[draft.pk])).content.decode()
        assert "clinical governance lead" in html
        assert 'name="questions-0-question"' in html

    def test_a_version_in_force_is_only_read(self, office: Client) -> None:
        form = make_screening_form(treatment=make_needling())
        url = reverse("admin:catalogue_screeningform_change", args=[form.pk])
        html = office.get(url).content.decode()
        assert 'name="questions-0-question"' not in html
        assert 'name="introduction"' not in html
        assert office.post(url, {"introduction": "Mine."}).status_code == 403
        assert office.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403

    def test_from_a_new_version_to_in_force(self, office: Client) -> None:
        form = make_screening_form(treatment=make_needling())
        self.press(office, "make_new_version", form)
        draft = ScreeningForm.objects.get(version=2)
        assert "is not signed off" in self.press(office, "put_into_force", draft)
        sign(draft)
        assert "is in force" in self.press(office, "put_into_force", draft)
        assert ScreeningForm.objects.in_force().get() == draft
        assert LogEntry.objects.filter(object_id=str(draft.pk)).count() == 2

    def test_a_new_text_gets_the_next_number(self, office: Client) -> None:
        first = make_consent_text(treatment=make_needling())
        office.post(
            reverse("admin:catalogue_consenttext_add"),
            {"treatment": first.treatment_id, "title": "T", "text": "Words", "statement": "I want it."},
        )
        assert ConsentText.objects.get(title="T").version == 2

    @pytest.mark.parametrize("role", ["reception", "physio"])
    def test_nobody_but_a_manager_gets_in(self, client: Client, role: str) -> None:
        client.force_login(make_user(role=role, is_staff=True))
        assert client.get(reverse("admin:catalogue_screeningform_changelist")).status_code == 403
