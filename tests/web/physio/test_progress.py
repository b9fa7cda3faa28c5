"""How it goes: the chart on the patient's card."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from booking.models import Appointment
from booking.web.physio.card.progress import section
from tests.factories import make_clinic, make_patient
from tests.needled import VISIT, make_check, needled_visit

pytestmark = pytest.mark.django_db


def course(count: int) -> Appointment:
    """So many visits a week apart, each with its check; the last of them."""
    service, patient = make_clinic(), make_patient()
    visits = [
        needled_visit(
            service=service,
            patient=patient,
            starts_at=VISIT - timedelta(weeks=count - 1 - index),
            record={"pain": max(8 - index, 1), "function": min(2 + index, 9)},
        )
        for index in range(count)
    ]
    for visit in visits:
        make_check(
            visit,
            answered_at=visit.starts_at + timedelta(days=1),
            pain=4,
            soreness="mild",
            note="Slept <well>",
        )
    return visits[-1]


def draw(visit: Appointment) -> Any:
    return section(patient=visit.patient, me=visit.practitioner, visit=None, now=VISIT)


def html(visit: Appointment) -> str:
    drawn = draw(visit)
    return render_to_string(f"physio/card/{drawn.template}", {"facts": drawn.facts})


def test_nothing_is_drawn_where_nothing_was_written() -> None:
    assert draw(needled_visit()) is None


def test_the_drawing_says_in_words_what_it_shows() -> None:
    text = html(course(3))
    assert 'role="img"' in text
    assert "Pain from 8 to 4 of 10. Function from 2 to 4 of 10." in text


def test_the_table_holds_every_value() -> None:
    assert html(course(3)).count('scope="row"') == 6


def test_it_needs_no_style_of_its_own() -> None:
    assert "style=" not in html(course(3))


def test_the_last_check_stands_above_with_its_words() -> None:
    text = html(course(2))
    assert "A little, like after exercise" in text
    assert "Slept &lt;well&gt;" in text


def test_an_unsigned_record_is_not_shown() -> None:
    assert draw(needled_visit(signed=False, record={"pain": 5})) is None


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_two_queries(count: int, django_assert_num_queries: Any) -> None:
    visit = course(count)
    with django_assert_num_queries(2):
        draw(visit)
