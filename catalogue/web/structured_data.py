"""What a page says to search engines, in the words of schema.org."""

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import Practitioner
from catalogue.models import Condition, Treatment
from catalogue.texts import to_plain

Thing: TypeAlias = dict[str, Any]

# A text must not be able to end the script element it stands in.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def as_json(*things: Thing) -> SafeString:
    """The contents of <script type="application/ld+json">."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308  escaped above


def of_treatment(treatment: Treatment) -> SafeString:
    address = absolute(treatment.get_absolute_url())
    things = [
        _web_page(address, treatment.name, treatment.summary)
        | {
            "dateModified": treatment.changed_at.isoformat(),
            "citation": [source.citation for source in treatment.sources.all()],
            "mainEntity": {"@id": f"{address}#treatment"},
        },
        {
            "@type": "MedicalTherapy",
            "@id": f"{address}#treatment",
            "name": treatment.name,
            "description": to_plain(treatment.what_it_is),
            "contraindication": to_plain(treatment.who_should_not),
            "relevantSpecialty": "https://schema.org/Physiotherapy",
        },
    ]
    questions = list(treatment.questions.all())
    if questions:
        things.append(_questions(address, [(row.question, row.answer) for row in questions]))
    return as_json(*things, clinic())


def of_condition(condition: Condition) -> SafeString:
    address = absolute(condition.get_absolute_url())
    return as_json(
        _web_page(address, condition.name, condition.summary)
        | {
            "dateModified": condition.changed_at.isoformat(),
            "mainEntity": {"@id": f"{address}#condition"},
        },
        {
            "@type": "MedicalCondition",
            "@id": f"{address}#condition",
            "name": condition.name,
            "description": to_plain(condition.description),
            "possibleTreatment": [
                {
                    "@type": "MedicalTherapy",
                    "name": treatment.name,
                    "url": absolute(treatment.get_absolute_url()),
                }
                for treatment in condition.treatments.all()
            ],
        },
        clinic(),
    )


def of_physio(physio: Practitioner) -> SafeString:
    person = {
        "@type": "Person",
        "@id": f"{absolute(physio.get_absolute_url())}#person",
        "name": physio.name,
        "jobTitle": physio.title,
        "description": to_plain(physio.bio),
        "knowsLanguage": [language.strip() for language in physio.languages.split(",") if language.strip()],
        "worksFor": {"@id": _clinic_id()},
        "url": absolute(physio.get_absolute_url()),
    }
    return as_json({name: value for name, value in person.items() if value}, clinic())


def clinic(departments: Iterable[Thing] = ()) -> Thing:
    """The clinic itself; `departments` are its locations, where the page knows them."""
    facts: Thing = {
        "@type": ["MedicalClinic", "Physiotherapy"],
        "@id": _clinic_id(),
        "name": settings.CLINIC_NAME,
        "url": f"{settings.SITE_URL}/",
        "telephone": settings.CLINIC_PHONE,
        "email": settings.CLINIC_EMAIL,
        "medicalSpecialty": "https://schema.org/Physiotherapy",
    }
    places = list(departments)
    return facts | ({"department": places} if places else {})


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _clinic_id() -> str:
    return f"{settings.SITE_URL}/#clinic"


def _web_page(address: str, name: str, description: str) -> Thing:
    return {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": name,
        "description": description,
        "inLanguage": get_language(),
        "publisher": {"@id": _clinic_id()},
    }


def _questions(address: str, pairs: Iterable[tuple[str, str]]) -> Thing:
    return {
        "@type": "FAQPage",
        "@id": f"{address}#questions",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": to_plain(answer)},
            }
            for question, answer in pairs
        ],
    }
