"""What a name can hold: every script as it is written, and nothing that hides."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Patient, Practitioner, User
from accounts.names import require_name


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Müller-Ó Briain",
        "O’Brien",
        "Nguyễn Thị Minh",
        "Jose\u0301 Mun\u0303oz",  # accents as signs of their own
        "محمد عبد الله",
        "李小龙",
        "葛\U000e0100城",  # one of two ways to draw the first sign
        "علی\u200cرضا",  # Persian keeps two letters apart
        "ක්\u200dරිස්ටි",  # Sinhala joins two
        "ശ്രീധരന്\u200d",  # Malayalam, the joiner at the end
    ],
)
def test_a_name_of_any_script_is_taken(name: str) -> None:
    require_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "\u202e\u200b",
        "Elena \u202eMarsh",  # turns round what follows
        "\u2067Elena\u2069",
        "Elena\u200bMarsh",
        "Elena\u200dMarsh",  # Latin letters do not join
        "\u200dElena",
        "\ufeffElena",
        "El\u00adena",
        "\u3164",  # a letter to Unicode, and blank
        "Elena\u2028Marsh",
        "Elena\ufe0f",
        "Elena\x07Marsh",
        "\ue000Elena",
        "\U000e0041Elena",
    ],
)
def test_what_nobody_can_see_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        require_name(name)


@pytest.mark.parametrize("name", ["", "12345", "…", "🦴"])
def test_what_has_no_letter_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError, match="letters"):
        require_name(name)


@pytest.mark.parametrize("model", [Patient, Practitioner, User])
def test_the_back_office_keeps_the_same_rule(model: type[Patient | Practitioner | User]) -> None:
    field = model._meta.get_field("name")

    with pytest.raises(ValidationError, match="cannot be seen"):
        field.clean("Elena\u202e", None)
