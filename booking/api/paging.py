"""Lists come in pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

from booking.api.parsing import StrictSerializer

MOST = 100


class PageQuery(StrictSerializer):
    """The parameters of every list. A list with filters adds its own."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MOST, default=50, help_text=_("How many entries a page has.")
    )
    offset = serializers.IntegerField(
        min_value=0, max_value=1_000_000, default=0, help_text=_("How many entries come before this page.")
    )


class Pages(LimitOffsetPagination):
    """Limit and offset as the view's query has checked them, instead of quietly doing without."""

    max_limit = MOST
    query: dict[str, Any]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        self.query = view.query
        return super().paginate_queryset(queryset, request, view)

    def get_limit(self, request: Request) -> int:
        limit: int = self.query["limit"]
        return limit

    def get_offset(self, request: Request) -> int:
        offset: int = self.query["offset"]
        return offset

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "How many there are on all pages."},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }
