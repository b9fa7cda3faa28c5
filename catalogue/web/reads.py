"""What the catalogue's pages ask the database: a fixed number of questions each, however much there is."""

from django.db.models import Prefetch, QuerySet

from accounts.models import Practitioner
from catalogue.models import Condition, Service, Treatment

TREATING = Practitioner.objects.filter(active=True)


def treatments() -> QuerySet[Treatment]:
    return Treatment.objects.published()


def conditions() -> QuerySet[Condition]:
    return Condition.objects.published()


def services() -> QuerySet[Service]:
    """What is sold online, with its terms, what it may include, and who gives it: three questions."""
    return (
        Service.objects.bookable_online()
        .select_related("policy")
        .prefetch_related(
            Prefetch("treatments", queryset=treatments()), Prefetch("practitioners", queryset=TREATING)
        )
    )


def treatment_in_full(rows: QuerySet[Treatment]) -> QuerySet[Treatment]:
    """With its questions, its sources and the conditions it may help: three questions more."""
    return rows.prefetch_related("questions", "sources", Prefetch("conditions", queryset=conditions()))


def condition_in_full(rows: QuerySet[Condition]) -> QuerySet[Condition]:
    """With what may help, the likeliest first, and who treats it: two questions more."""
    return rows.prefetch_related(
        Prefetch("treatments", queryset=treatments().order_by("links__position", "position", "name")),
        Prefetch("practitioners", queryset=TREATING),
    )


def physio_in_full(rows: QuerySet[Practitioner]) -> QuerySet[Practitioner]:
    """With what they treat and which visits they give."""
    return rows.prefetch_related(
        Prefetch("treats", queryset=conditions()), Prefetch("services", queryset=services())
    )
