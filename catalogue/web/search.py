"""Search over all the catalogue says, forgiving of typing errors. Four queries, one for each kind of page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramStrictWordSimilarity, TrigramWordSimilarity
from django.db.models import F, FloatField, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Service
from catalogue.web import reads

FEWEST_LETTERS = 3
MOST_LETTERS = 80
MOST_FOUND = 12
NAME_ALIKE = 0.4
"""Word similarity from which a name counts as meant: “neddling” still finds dry needling."""
TEXT_ALIKE = 0.5
"""Texts are long, so something in them is always a little alike: whole words are compared."""
TEXT_WEIGHS = 0.6
"""A word in a text counts for less than the same word in a name."""


ABOUT_TREATMENTS = ("summary", "what_it_is", "how_it_helps", "who_it_suits", "who_should_not")
ABOUT_CONDITIONS = ("summary", "description", "what_helps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    kind: str | Promise
    name: str
    summary: str
    href: str
    likeness: float


def clean(typed: str) -> str:
    """What can be searched for: no control characters, single spaces, not a novel."""
    return " ".join("".join(letter for letter in typed if letter.isprintable()).split())[:MOST_LETTERS]


def search(typed: str) -> list[Found]:
    """The likeliest first. Fewer than three letters find nothing, because they would find everything."""
    words = clean(typed)
    if len(words) < FEWEST_LETTERS:
        return []
    found = [
        *_among(reads.treatments(), _("Treatment"), words, texts=ABOUT_TREATMENTS),
        *_among(reads.conditions(), _("Condition"), words, texts=ABOUT_CONDITIONS),
        *_among(Service.objects.bookable_online(), _("Visit"), words, texts=("summary",)),
        *_among(reads.TREATING, _("Physio"), words, texts=("title", "languages", "bio"), summary="title"),
    ]
    return sorted(found, key=lambda page: page.likeness, reverse=True)[:MOST_FOUND]


def _among(
    rows: "QuerySet[Any]", kind: str | Promise, words: str, *, texts: Iterable[str], summary: str = "summary"
) -> list[Found]:
    separated = [part for text in texts for part in (Value(" "), F(text))]
    by_text = TrigramStrictWordSimilarity(words, Concat(*separated, output_field=TextField()))
    likeness = Greatest(F("by_name"), F("by_text") * Value(TEXT_WEIGHS), output_field=FloatField())
    likely = (
        rows.annotate(by_name=TrigramWordSimilarity(words, "name"), by_text=by_text)
        .filter(Q(by_name__gte=NAME_ALIKE) | Q(by_text__gte=TEXT_ALIKE))
        .annotate(likeness=likeness)
        .order_by("-likeness")[:MOST_FOUND]
    )
    return [
        Found(
            kind=kind,
            name=row.name,
            summary=getattr(row, summary),
            href=row.get_absolute_url(),
            likeness=row.likeness,
        )
        for row in likely
    ]
