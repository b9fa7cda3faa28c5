"""A panel is answered twice: as a fragment beside the diary, or as a page of its own where no script runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from booking.web.reception.nav import nav_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What has just happened, for the strip at the foot of the diary.

    With `undo_url` it can be taken back for so many `seconds`, as long as the visit stands at `sequence`;
    then the patient is told, if they can be.
    """

    text: str
    undo_url: str = ""
    sequence: int = 0
    seconds: int = 0
    is_told: bool = True


def panel(
    request: HttpRequest,
    template: str,
    facts: Mapping[str, Any],
    *,
    status: int = 200,
    said: Said | None = None,
) -> HttpResponse:
    """`template` lies in reception/panels/ and brings its own heading."""
    inner = f"reception/panels/{template}"
    context = {**facts, "said": said, "panel_template": inner}
    if getattr(request, "htmx", False):
        return render(request, inner, context, status=status)
    return render(
        request, "reception/panel_page.html", {**context, "nav": nav_links(request.user)}, status=status
    )


def gone_to(request: HttpRequest, url: str, said: Said) -> HttpResponse:
    """After a post without a script: the page that shows how it stands now, with what happened on top."""
    messages.success(request, said.text)
    return redirect(url)
