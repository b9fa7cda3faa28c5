"""The token that comes with a booking opens that booking, without a sign-in, and nothing else."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from booking.queries.links import appointment_id_in

SCHEME = "Bearer"


class BookingTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. The caller stays a stranger; `request.auth` is the booking's id.

    A token that was altered is no token: whoever sends it sees what a stranger sees, and learns nothing.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, UUID] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        appointment_id = appointment_id_in(token.strip())
        return None if appointment_id is None else (AnonymousUser(), appointment_id)

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class BookingTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BookingTokenAuthentication
    name = "bookingToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The token that came with the booking. It opens that booking and nothing else.",
        }
