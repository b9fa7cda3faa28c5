"""Questions asked before a time is chosen, and, for who treats, how they were answered."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from booking.actions.clinical.screening import (
    Answered,
    AnswersIncomplete,
    QuestionsUnknown,
    answer_screening,
    opens_screening,
)
from booking.api import kinds
from booking.api.lookups import online_service, unknown
from booking.api.parsing import read_body
from booking.api.problems import Problem
from booking.api.serializers import screening as shapes
from booking.api.views.base import ApiView, actor
from booking.api.views.clinical import TreatingView
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import (
    form_asked_by,
    instead_of,
    read_screening,
    screening_permits,
    stands_of,
)
from catalogue.models import Service


class QuestionsView(ApiView):
    @extend_schema(
        tags=["catalogue"],
        summary="The questions that are asked before this service is booked",
        description="Asked so that no is the harmless answer. Where nothing is asked, the list is empty.",
        responses=shapes.QuestionsSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        service = online_service(slug)
        if service is None:
            raise NotFound
        form = form_asked_by(service)
        asked = {
            "introduction": form.introduction if form else "",
            "questions": form.questions.all() if form else [],
        }
        return Response(shapes.QuestionsSerializer(asked).data)


class ScreeningsView(ApiView):
    throttle_scope = "write"

    @extend_schema(
        tags=["booking"],
        summary="Answer the questions of a service",
        description="Every question has its answer. Send `id` and `secret` along when you hold a time. With "
        "`urgent_care`, book nothing: show the patient where to go.",
        request=shapes.AnswersSerializer,
        responses={201: shapes.ScreenedSerializer},
    )
    def post(self, request: Request) -> Response:
        asked, now = read_body(shapes.AnswersSerializer, request), self.clock()
        service = online_service(asked["service"])
        form = form_asked_by(service) if service else None
        if service is None or form is None:
            raise unknown("service", parameter=False)
        try:
            answered = answer_screening(
                form=form,
                answers=asked["answers"],
                note=asked.get("note", ""),
                now=now,
                by=actor(request),
            )
        except AnswersIncomplete as missing:
            raise wrong_answers(missing.codes, _("Answer yes, no or unsure.")) from None
        except QuestionsUnknown as extra:
            raise wrong_answers(extra.codes, _("This is not asked.")) from None
        return Response(shapes.ScreenedSerializer(screened(answered, service)).data, status=HTTP_201_CREATED)


class VisitScreeningView(TreatingView):
    @extend_schema(
        tags=["appointments"],
        summary="How the questions of a visit were answered, for the physio who treats",
        description="Everybody else is refused: what a patient answers is for the treating team.",
        responses=shapes.VisitScreeningSerializer,
    )
    def get(self, request: Request, appointment_id: UUID) -> Response:
        found = self.visit_of_mine(request, appointment_id)
        return Response(shapes.VisitScreeningSerializer(answers_of(found)).data)


def wrong_answers(codes: Any, detail: str) -> Problem:
    errors = [
        {"pointer": f"/answers/{code.replace('~', '~0').replace('/', '~1')}", "detail": detail}
        for code in codes
    ]
    return Problem(kinds.INVALID, errors=errors)


def screened(answered: Answered, service: Service) -> dict[str, Any]:
    row = answered.screening
    may_book = screening_permits(row, service)
    instead = None if may_book else instead_of(row)
    return {
        "id": row.pk,
        "secret": answered.secret,
        "colour": row.colour,
        "advice": row.advice or None,
        "expires_at": row.expires_at,
        "may_book": may_book,
        "instead": instead.slug if instead else None,
    }


def own_screening(asked: dict[str, Any]) -> Screening | None:
    """The answers that a program sends along, proved by their secret. Raises Problem for any others."""
    if "screening" not in asked:
        return None
    found = read_screening(asked["screening"])
    if found is None or not opens_screening(screening=found, secret=asked.get("screening_secret", "")):
        raise unknown("screening", parameter=False)
    return found


def answers_of(visit: Appointment) -> dict[str, Any]:
    row, stand = read_screening(visit.screening_id) if visit.screening_id else None, stands_of([visit])
    if row is None:
        nothing: dict[str, Any] = {"answered_at": None, "expires_at": None, "note": "", "answers": []}
        return {"stand": stand.get(visit.pk), **nothing}
    return {
        "stand": stand.get(visit.pk),
        "answered_at": row.answered_at,
        "expires_at": row.expires_at,
        "note": row.note,
        "answers": [
            {
                "code": asked.code,
                "question": asked.question,
                "explanation": asked.explanation,
                "answer": row.answers[asked.code],
            }
            for asked in row.form.questions.all()
            if asked.code in row.answers
        ],
    }
