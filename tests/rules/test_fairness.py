"""Who gets the visit when the patient says "anyone"."""

from booking.rules.fairness import in_fair_order

AOIFE, BEN, CLEO = 1, 2, 3


def order(
    *candidates: int, day: dict[int, int] | None = None, week: dict[int, int] | None = None
) -> list[int]:
    return in_fair_order(candidates, who=int, booked_that_day=day or {}, booked_that_week=week or {})


def test_whoever_has_least_that_day_comes_first() -> None:
    assert order(AOIFE, BEN, CLEO, day={AOIFE: 90, BEN: 30, CLEO: 60}) == [BEN, CLEO, AOIFE]


def test_somebody_with_nothing_booked_comes_before_everybody_else() -> None:
    assert order(AOIFE, BEN, day={AOIFE: 5}) == [BEN, AOIFE]


def test_between_equals_that_day_the_week_decides() -> None:
    assert order(AOIFE, BEN, day={AOIFE: 30, BEN: 30}, week={AOIFE: 300, BEN: 200}) == [
        BEN,
        AOIFE,
    ]


def test_a_quiet_week_does_not_outweigh_a_full_day() -> None:
    assert order(AOIFE, BEN, day={AOIFE: 60, BEN: 30}, week={AOIFE: 60, BEN: 900}) == [
        BEN,
        AOIFE,
    ]


def test_between_equals_the_order_they_came_in_stays() -> None:
    assert order(CLEO, AOIFE, BEN) == [CLEO, AOIFE, BEN]


def test_a_morning_of_patients_who_take_anyone_is_spread_evenly() -> None:
    booked: dict[int, int] = {}
    for _ in range(9):
        first = order(AOIFE, BEN, CLEO, day=booked)[0]
        booked[first] = booked.get(first, 0) + 45
    assert booked == {AOIFE: 135, BEN: 135, CLEO: 135}
