"""One field template for every form: label, help, error and control belong together, for every ear."""

import re

from django import forms


class Details(forms.Form):
    name = forms.CharField(help_text="As on your card.")
    phone = forms.CharField(required=False)
    place = forms.ChoiceField(
        choices=[("a", "Millrace Lane"), ("b", "Harrow Green")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I agree")
    kind = forms.ChoiceField(choices=[("first", "First visit")])


def drawn(data: dict[str, str] | None = None) -> str:
    return str(Details(data))


def test_a_label_belongs_to_its_control() -> None:
    assert re.search(r'<label[^>]*for="id_name"', drawn())


def test_help_is_heard_with_the_field() -> None:
    html = drawn()

    assert 'aria-describedby="id_name_helptext"' in html
    assert re.search(r'id="id_name_helptext"[^>]*>As on your card.', html)


def test_an_error_is_heard_with_the_field() -> None:
    html = drawn({"name": ""})

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert re.search(r'id="id_name_error".*?This field is required', html, re.S)


def test_a_wrong_field_says_that_it_is() -> None:
    assert re.search(r'<input[^>]*name="name"[^>]*aria-invalid="true"', drawn({"name": ""}))


def test_what_may_stay_empty_says_so() -> None:
    assert re.search(r'for="id_phone".*?if you like', drawn(), re.S)


def test_choices_are_a_group_with_a_name() -> None:
    assert re.search(r"<fieldset[^>]*>\s*<legend>Place</legend>", drawn())


def test_an_error_of_a_group_is_heard_with_the_group() -> None:
    html = drawn({"name": "Elena"})

    assert re.search(r'<fieldset aria-describedby="id_place_error">', html)
    assert 'id="id_place_error"' in html


def test_every_control_wears_the_class_of_its_kind() -> None:
    html = drawn()

    found = dict(re.findall(r'name="(\w+)"[^>]*class="([\w-]+)"', html))
    assert found == {
        "name": "form-control",
        "phone": "form-control",
        "place": "form-check-input",
        "agreed": "form-check-input",
        "kind": "form-select",
    }
