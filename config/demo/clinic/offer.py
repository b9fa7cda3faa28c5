"""What the clinic offers, published: policies, treatments, conditions, services."""

from catalogue.models import (
    CancellationPolicy,
    Condition,
    ConditionTreatment,
    Published,
    Service,
    Treatment,
    TreatmentQuestion,
    TreatmentSource,
)
from config.demo.clinic import content
from config.demo.clinic.rows import Physios, plain


def write_offer(*, physios: Physios) -> None:
    treatments = {text.slug: _treatment(text) for text in content.treatments()}
    policies = {text.slug: CancellationPolicy.objects.create(**plain(text)) for text in content.policies()}
    for condition in content.conditions():
        _condition(condition, treatments=treatments, physios=physios)
    for position, service in enumerate(content.services()):
        row = Service.objects.create(
            **plain(service, without={"policy", "daily_cap"}),
            policy=policies[service.policy],
            daily_cap=service.daily_cap or None,
            position=position,
            state=Published.State.PUBLISHED,
        )
        row.treatments.set([treatments[slug] for slug in service.treatments])
        row.practitioners.set([physios[slug] for slug in service.practitioners])


def _treatment(text: content.Treatment) -> Treatment:
    row = Treatment.objects.create(**plain(text), state=Published.State.PUBLISHED)
    TreatmentQuestion.objects.bulk_create(
        TreatmentQuestion(treatment=row, position=position, **plain(question))
        for position, question in enumerate(text.questions)
    )
    TreatmentSource.objects.bulk_create(
        TreatmentSource(treatment=row, position=position, **plain(source))
        for position, source in enumerate(text.sources)
    )
    return row


def _condition(text: content.Condition, *, treatments: dict[str, Treatment], physios: Physios) -> None:
    row = Condition.objects.create(**plain(text), state=Published.State.PUBLISHED)
    ConditionTreatment.objects.bulk_create(
        ConditionTreatment(condition=row, treatment=treatments[slug], position=position)
        for position, slug in enumerate(text.treatments)
    )
    row.practitioners.set([physios[slug] for slug in text.practitioners])
