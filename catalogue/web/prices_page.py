"""What the page of prices shows: visits by kind, and the terms they come with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from catalogue.models import Service
from catalogue.texts import to_html
from catalogue.web.visits import Shelf, shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A policy, and the names of the visits it goes with."""

    html: SafeString
    visits: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesPage:
    services: Sequence[Service]
    shelves: Sequence[Shelf]
    terms: Sequence[Terms]


def prices_page(services: Iterable[Service]) -> PricesPage:
    services = list(services)
    policies = {service.policy.pk: service.policy for service in services}
    return PricesPage(
        services=services,
        shelves=shelves(services),
        terms=[
            Terms(
                html=to_html(policy.text),
                visits=[service.name for service in services if service.policy_id == policy.pk],
            )
            for policy in policies.values()
        ],
    )
