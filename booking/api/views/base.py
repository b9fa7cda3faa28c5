"""What every view of this door shares."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.cache import patch_cache_control
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import roles
from accounts.models import User
from booking.actions.audit import Actor
from booking.api.parsing import StrictJSONParser


class ApiView(APIView):
    """Open to everybody unless a view says otherwise, throttled by scope, kept by no cache on the way."""

    permission_classes = [AllowAny]
    parser_classes = [StrictJSONParser]
    throttle_scope: ClassVar[str] = "read"

    @staticmethod
    def clock() -> datetime:
        """The one place where this door reads the clock."""
        return timezone.now()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(final, no_store=True)
        return final


class NothingHere(ApiView):
    """Every address that is not ours, so that a slip in a path is refused in the same shape as all else."""

    authentication_classes = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


def actor(request: Request) -> Actor:
    """On whose behalf this request acts: the staff when signed in as such, otherwise a patient."""
    user = request.user
    return Actor.staff(user) if isinstance(user, User) and roles.is_staff(user) else Actor.patient(user)
