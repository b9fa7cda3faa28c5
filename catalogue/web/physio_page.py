"""What the page about a physio shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from catalogue.models import Condition, Service
from catalogue.texts import to_html
from catalogue.web.links import book
from catalogue.web.visits import Shelf, shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class PhysioPage:
    physio: Practitioner
    bio: SafeString
    facts: Sequence[tuple[str, str]]
    conditions: Sequence[Condition]
    services: Sequence[Service]
    shelves: Sequence[Shelf]
    book_href: str


def physio_page(physio: Practitioner) -> PhysioPage:
    services = list(physio.services.all())
    facts = (
        (_("Speaks"), physio.languages),
        (_("Qualifications"), physio.qualifications),
        (_("Registration"), physio.registration_number),
    )
    return PhysioPage(
        physio=physio,
        bio=to_html(physio.bio),
        facts=[(name, value) for name, value in facts if value],
        conditions=list(physio.treats.all()),
        services=services,
        shelves=shelves(services, practitioner=physio.slug),
        book_href=book(practitioner=physio.slug),
    )
