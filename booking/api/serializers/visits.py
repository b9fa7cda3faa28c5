"""Holds and appointments: what is asked, and what is answered."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from booking.actions.patients import PatientDetails
from booking.api.fields import (
    DayField,
    InstantField,
    LineField,
    NameField,
    TelephoneField,
    TextField,
    YesField,
)
from booking.api.parsing import StrictSerializer
from booking.api.serializers.catalogue import MoneySerializer
from booking.models import Appointment

# --- Asked -----------------------------------------------------------------------------------------------


class PlaceHoldSerializer(StrictSerializer):
    service = LineField(max_length=50, help_text="Slug of the service.")
    starts_at = InstantField(help_text="One of the open times.")
    practitioner = LineField(
        max_length=50,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Slug; without it, whoever is fairest.",
    )
    location = LineField(
        max_length=50,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Slug; without it, wherever it is free.",
    )
    screening = serializers.UUIDField(
        required=False, help_text="Of the answers given beforehand; without it the visit counts as not asked."
    )
    screening_secret = LineField(max_length=100, required=False, help_text="Comes with `screening`.")


class PatientSerializer(StrictSerializer):
    name = NameField(max_length=150)
    email = serializers.EmailField(max_length=254)
    phone = TelephoneField(max_length=40)
    date_of_birth = DayField(first_year=1900)


class BookSerializer(StrictSerializer):
    secret = LineField(max_length=100, help_text="The secret that came with the hold.")
    patient = PatientSerializer()
    pay = serializers.ChoiceField(choices=["online", "at_clinic"])
    accepts_policy = YesField(help_text="Whether the patient has read and accepted the policy.")
    note = TextField(
        max_length=2000, required=False, allow_blank=True, help_text="What the physio should know beforehand."
    )


class CancelSerializer(StrictSerializer):
    code = serializers.ChoiceField(
        choices=Appointment.CancelCode.choices,
        required=False,
        help_text="Staff say why. With `clinic` and `physio_away` from staff, everything goes back.",
    )
    reason = LineField(max_length=200, required=False, allow_blank=True)


class PaySerializer(StrictSerializer):
    """Nothing to say: an empty object, or no body at all."""


class MoveSerializer(StrictSerializer):
    starts_at = InstantField(help_text="One of the open times.")
    practitioner = LineField(
        max_length=50,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Slug; without it, the same if free.",
    )
    location = LineField(
        max_length=50,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Slug; without it, wherever it is free.",
    )


def patient_details(checked: dict[str, Any], *, today: date) -> PatientDetails:
    """Raises ValidationError for somebody not born yet."""
    if checked["date_of_birth"] > today:
        still_to_come = {"date_of_birth": [_("This day is still to come. Check the year.")]}
        raise serializers.ValidationError({"patient": still_to_come})
    return PatientDetails(**checked)


# --- Answered --------------------------------------------------------------------------------------------


class NamedSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class PlaceSerializer(NamedSerializer):
    address = serializers.CharField()


class AcceptedPolicySerializer(serializers.Serializer[Any]):
    text = serializers.CharField(help_text="In plain words, as it stood when the time was held.")
    free_until = InstantField(help_text="Up to this moment, moving and cancelling cost nothing.")
    late_refund_percent = serializers.IntegerField()


class OpenTimeSerializer(serializers.Serializer[Any]):
    starts_at = InstantField()
    ends_at = InstantField()
    practitioner = serializers.CharField(help_text="Slug.")
    location = serializers.CharField(help_text="Slug.")


class OpenTimesSerializer(serializers.Serializer[Any]):
    times = OpenTimeSerializer(many=True)


class VisitSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    service = NamedSerializer()
    practitioner = NamedSerializer()
    location = PlaceSerializer()
    starts_at = InstantField()
    ends_at = InstantField()
    price = MoneySerializer()
    policy = AcceptedPolicySerializer()


class HoldSerializer(VisitSerializer):
    secret = serializers.CharField(help_text="Proves that the hold is yours. Shown this once.")
    expires_at = InstantField(help_text="Until then nobody else gets this time.")


class GuestSerializer(serializers.Serializer[Any]):
    first_name = serializers.CharField()


class AppointmentSerializer(VisitSerializer):
    status = serializers.ChoiceField(choices=Appointment.Status.choices)
    patient = GuestSerializer(allow_null=True)
    pays_at_clinic = serializers.BooleanField()
    paid = MoneySerializer(help_text="What came in, less what went back.")
    due = MoneySerializer(help_text="What is left to pay, online or at the clinic.")
    pay_url = serializers.URLField(
        allow_null=True,
        help_text="The page where what is due is paid; null when nothing waits to be paid online.",
    )
    held_until = InstantField(allow_null=True, help_text="Until when the time waits for the payment.")
    may_move = serializers.BooleanField(help_text="Whether the policy still allows the patient to move it.")
    may_cancel = serializers.BooleanField()
    refund_on_cancelling = MoneySerializer(help_text="What would go back if it were cancelled now.")


class BookedSerializer(AppointmentSerializer):
    token = serializers.CharField(help_text="Opens this appointment: `Authorization: Bearer <token>`.")


class PayPageSerializer(serializers.Serializer[Any]):
    pay_url = serializers.URLField(allow_null=True, help_text="Null when it turns out to be paid already.")
    closes_at = InstantField(allow_null=True)


class CancelledSerializer(AppointmentSerializer):
    refunded = MoneySerializer(help_text="What is on its way back.")


class MovedSerializer(AppointmentSerializer):
    moved_from = InstantField()
