"""Questions before a visit, and what the answers add up to."""

from typing import Any

from rest_framework import serializers

from booking.actions.clinical.screening import LONGEST_NOTE
from booking.api.fields import InstantField, LineField, TextField
from booking.api.parsing import StrictSerializer
from booking.models import Screening
from booking.queries.clinical.screening import Stand
from booking.rules.screening import Answer
from catalogue.models import ScreeningQuestion

ANSWERS = [(answer.value, answer.value) for answer in Answer]
MOST_ANSWERS = 200


class AnswersSerializer(StrictSerializer):
    service = LineField(max_length=50, help_text="Slug of the service.")
    answers = serializers.DictField(
        child=serializers.ChoiceField(choices=ANSWERS),
        help_text="An answer to every question, by its code.",
    )
    note = TextField(
        max_length=LONGEST_NOTE,
        required=False,
        allow_blank=True,
        help_text="What the physio should know. Read by the treating team only.",
    )


class AskedSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    question = serializers.CharField()
    explanation = serializers.CharField(help_text="In other words; may be empty.")


class QuestionsSerializer(serializers.Serializer[Any]):
    introduction = serializers.CharField(help_text="Markdown; empty where nothing is asked.")
    questions = AskedSerializer(many=True, help_text="Empty where nothing is asked.")


class ScreenedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    secret = serializers.CharField(help_text="Proves that the answers are yours. Shown this once.")
    colour = serializers.ChoiceField(choices=Screening.Colour.choices)
    advice = serializers.ChoiceField(choices=ScreeningQuestion.Advice.choices, allow_null=True)
    expires_at = InstantField(help_text="Until then the answers hold.")
    may_book = serializers.BooleanField(help_text="Whether this service may be booked on these answers.")
    instead = serializers.CharField(allow_null=True, help_text="Slug of the service to book instead.")


class AnswerSerializer(AskedSerializer):
    answer = serializers.ChoiceField(choices=ANSWERS)


class VisitScreeningSerializer(serializers.Serializer[Any]):
    stand = serializers.ChoiceField(
        choices=[(stand.value, stand.value) for stand in Stand],
        allow_null=True,
        help_text="Null where the visit asks nothing.",
    )
    answered_at = InstantField(allow_null=True)
    expires_at = InstantField(allow_null=True)
    note = serializers.CharField()
    answers = AnswerSerializer(many=True)
