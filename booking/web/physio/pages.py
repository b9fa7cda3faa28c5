"""What the physios’ pages share: how they are drawn, and ways to pages that may not be built in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse


def page(request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """`template` lies in templates/physio/."""
    return render(request, f"physio/{template}", facts, status=status)


def way_to(name: str, *args: object) -> str:
    """The address of a physio's page, or nothing where the site is assembled without it."""
    try:
        return reverse(f"physio:{name}", args=args)
    except NoReverseMatch:
        return ""
