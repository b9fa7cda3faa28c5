"""The list of pages for search engines: everything published, and nothing else."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Practitioner
from catalogue.models import Condition, Treatment
from catalogue.web import reads


class Lists(Sitemap):
    def items(self) -> list[str]:
        return ["treatments", "conditions", "physios", "prices"]

    def location(self, item: str) -> str:
        return reverse(f"catalogue:{item}")


class Treatments(Sitemap):
    def items(self) -> QuerySet[Treatment]:
        return reads.treatments()

    def lastmod(self, item: Treatment) -> datetime:
        return item.changed_at


class Conditions(Sitemap):
    def items(self) -> QuerySet[Condition]:
        return reads.conditions()

    def lastmod(self, item: Condition) -> datetime:
        return item.changed_at


class Physios(Sitemap):
    def items(self) -> QuerySet[Practitioner]:
        return reads.TREATING


SITEMAPS = {"lists": Lists, "treatments": Treatments, "conditions": Conditions, "physios": Physios}
