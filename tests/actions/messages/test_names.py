"""What a letter calls somebody."""

import pytest

from booking.actions.messages.letters.names import name_to_greet, one_line


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Elena Marsh", "Elena"),
        ("  Elena   Marsh ", "Elena"),
        ("Zoë", "Zoë"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("D’Arcy O'Neill", "D’Arcy"),
        ("अनुष्का शर्मा", "अनुष्का"),
        ("李小龍", "李小龍"),
        ("Nguyễn Thị Minh", "Nguyễn"),
        ("محمد علی", "محمد"),
    ],
)
def test_people_are_called_by_the_first_of_their_names(name: str, greeted: str) -> None:
    assert name_to_greet(name) == greeted


@pytest.mark.parametrize(
    "name",
    [
        "",
        "https://evil.example/win Elena",
        "evil.example Marsh",
        "<b>Elena</b>",
        "{{settings.SECRET_KEY}}",
        "elena@mail.example",
        "+447700900142",
        "x" * 41,
    ],
)
def test_what_is_no_name_is_not_said(name: str) -> None:
    assert name_to_greet(name) == ""


def test_a_header_is_one_line() -> None:
    assert one_line("Booked\r\nBcc: everybody@mail.example\x00") == "Booked Bcc: everybody@mail.example"
