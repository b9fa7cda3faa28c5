"""Finding a patient while somebody types, with the telephone at their ear."""

import re
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from accounts.models import Patient
from accounts.names import plain

FEWEST_LETTERS = 3
MOST_FOUND = 8
ALIKE_ENOUGH = 0.35
"""Word similarity from which a name counts as the one meant: “mash elena” still finds Elena Marsh."""

DATE = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})$")


def find_patients(typed: str, *, this_year: int) -> list[Patient]:
    """The likeliest first: by a date of birth, by digits of a telephone number, or by letters of a name.

    Typing errors, accents and the order of names are forgiven. Records merged into another are left out.
    Fewer than three letters or digits find nobody, because they would find everybody. One query.
    """
    rows = Patient.objects.filter(merged_into=None).select_related("holder")
    text = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", typed).split())
    if born := born_on(text, this_year=this_year):
        return list(rows.filter(date_of_birth=born).order_by("name")[:MOST_FOUND])
    digits = re.sub(r"\D", "", text)
    if len(digits) >= FEWEST_LETTERS and not re.search(r"[^\W\d_]", text):
        return list(_by_digits(rows, digits)[:MOST_FOUND])
    letters = plain(text)
    if len(letters) < FEWEST_LETTERS:
        return []
    return list(_by_letters(rows, letters)[:MOST_FOUND])


def likely_same(*, name: str, date_of_birth: date | None, phone: str, email: str) -> list[Patient]:
    """Records that may be of the person about to be written down as new. One query."""
    alike = Q(search_name=plain(name))
    if date_of_birth is not None:
        alike |= Q(date_of_birth=date_of_birth, search_name__trigram_word_similar=plain(name))
    if phone:
        alike |= Q(phone=phone)
    if email:
        alike |= Q(email__iexact=email)
    return list(Patient.objects.filter(alike, merged_into=None).order_by("name")[:MOST_FOUND])


def books_by_telephone(*, patient: Patient, email: str, phone: str, date_of_birth: date | None) -> bool:
    """Whether online booking is closed to this person: to their record, or to one that is plainly theirs.

    Plainly theirs is the same day of birth with the same address or number, so that another spelling of the
    name opens nothing, and nobody else of the family is kept out. One query.
    """
    reached = Q(phone=phone) if phone else Q()
    if email:
        reached |= Q(email__iexact=email)
    theirs = Q(pk=patient.pk)
    if reached:
        theirs |= reached & Q(date_of_birth=date_of_birth)
    return Patient.objects.filter(theirs, online_blocked=True, merged_into=None).exists()


def born_on(text: str, *, this_year: int) -> date | None:
    """3/8/1984, 03.08.84 or 3 8 1984 as a day; two digits of a year mean the latest one not to come."""
    if not (found := DATE.match(text)):
        return None
    day, month, year = (int(part) for part in found.groups())
    if year < 100:
        year += this_year // 100 * 100
        year -= 100 if year > this_year else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_digits(rows: "QuerySet[Patient]", digits: str) -> "QuerySet[Patient]":
    """Stored internationally, typed nationally: the leading nought stands for the country's code."""
    return rows.filter(Q(phone__contains=digits) | Q(phone__contains=digits.lstrip("0") or digits)).order_by(
        "name"
    )


def _by_letters(rows: "QuerySet[Patient]", letters: str) -> "QuerySet[Patient]":
    return (
        rows.annotate(
            begins=Case(
                When(search_name__startswith=letters, then=Value(1.0)),
                When(search_name__contains=f" {letters}", then=Value(0.9)),
                default=Value(0.0),
                output_field=FloatField(),
            ),
            alike=TrigramWordSimilarity(letters, "search_name"),
        )
        .filter(Q(search_name__contains=letters) | Q(email__istartswith=letters) | Q(alike__gte=ALIKE_ENOUGH))
        .order_by(F("begins").desc(), F("alike").desc(), "name")
    )
