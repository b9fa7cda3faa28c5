"""Drafted, signed and locked, added to."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from accounts.models import Credential
from booking.actions.audit import Actor
from booking.actions.clinical import record_refusals as refusals
from booking.actions.clinical.consents import withdraw_consent
from booking.actions.clinical.records import Used, Written, add_to_record, save_record, sign_record
from booking.models import AdverseEvent, Appointment, AuditEntry, Message, TechniqueUsed, VisitRecord
from tests.factories import at, make_treatment
from tests.needling import another_physio, make_needled_visit, needled, physio_of, sign

pytestmark = pytest.mark.django_db
NOW = at(3, "10:40")


@pytest.fixture
def visit() -> Appointment:
    """Here, and consent is signed."""
    visit = make_needled_visit(starts_at=at(3, "10:00"))
    sign(visit, now=NOW)
    return visit


def keep(visit: Appointment, written: Written, *, signs: bool = True, **fields: Any) -> VisitRecord:
    defaults = {"practitioner": visit.practitioner, "by": physio_of(visit), "now": NOW}
    action = sign_record if signs else save_record
    return action(appointment_id=visit.pk, written=written, **defaults | fields)


def add(visit: Appointment, text: str = "The right side.", **fields: Any) -> None:
    defaults = {"practitioner": visit.practitioner, "by": physio_of(visit), "now": NOW}
    add_to_record(appointment_id=visit.pk, text=text, **defaults | fields)


def test_what_was_typed_is_kept_and_locked(visit: Appointment) -> None:
    record = keep(visit, needled())
    used = record.techniques.get()
    assert (record.pain, record.function, record.signed_at) == (6, 4, NOW)
    assert (used.regions, used.needles_in, used.needles_out) == (["neck"], 4, 4)


def test_a_draft_replaces_the_one_before(visit: Appointment) -> None:
    keep(visit, needled(), signs=False)
    record = keep(visit, needled(needles_in=2, needles_out=2), signs=False)
    assert (record.signed_at, record.techniques.get().needles_in) == (None, 2)


def test_a_needle_that_is_not_out_stops_signing_and_saving(visit: Appointment) -> None:
    for signs in (True, False):
        with pytest.raises(refusals.NeedlesMissing) as refused:
            keep(visit, needled(needles_out=3), signs=signs)
        assert (refused.value.went_in, refused.value.came_out) == (4, 3)
    assert not VisitRecord.objects.exists()


def test_a_reason_does_not_explain_more_out_than_in(visit: Appointment) -> None:
    with pytest.raises(refusals.NeedlesMissing):
        keep(visit, needled(needles_out=5, needles_missing="Odd."))


def test_a_needle_left_for_a_reason_is_an_adverse_event(visit: Appointment) -> None:
    keep(visit, needled(needles_out=3, needles_missing="It broke under the skin."))
    event = AdverseEvent.objects.get()
    assert (event.kind, event.severity, event.appointment) == ("needle", "major", visit)
    assert event.occurred_on == date(2026, 12, 3)


def test_a_draft_reports_nothing(visit: Appointment) -> None:
    keep(visit, needled(needles_out=3, needles_missing="It broke under the skin."), signs=False)
    assert not AdverseEvent.objects.exists()


def test_uncounted_needles_are_not_signed(visit: Appointment) -> None:
    with pytest.raises(refusals.NeedlesNotCounted):
        keep(visit, needled(needles_out=None))


def test_without_consent_no_needling_is_signed(visit: Appointment) -> None:
    consent = visit.consents.get()
    withdraw_consent(consent_id=consent.pk, withdrawn_by="patient", by=Actor.patient(), now=NOW)
    with pytest.raises(refusals.ConsentMissing):
        keep(visit, needled())
    assert not VisitRecord.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"region": "shoulder"},
        {"valid_until": date(2026, 12, 2)},
        {"valid_from": date(2026, 12, 4)},
        {"technique": "other"},
    ],
)
def test_needling_needs_a_credential_of_that_day_for_that_region(
    visit: Appointment, changes: dict[str, Any]
) -> None:
    Credential.objects.update(**changes)
    with pytest.raises(refusals.NoCredential) as refused:
        keep(visit, needled())
    assert refused.value.regions == ["neck"]


def test_a_credential_for_the_region_is_enough(visit: Appointment) -> None:
    Credential.objects.update(region="neck", valid_until=date(2026, 12, 3))
    assert keep(visit, needled()).signed_at == NOW


def test_where_is_said(visit: Appointment) -> None:
    with pytest.raises(refusals.RegionMissing):
        keep(visit, needled(regions=[]))


def test_an_empty_record_is_not_signed(visit: Appointment) -> None:
    with pytest.raises(refusals.NothingRecorded):
        keep(visit, Written(pain=3))


def test_what_uses_no_needles_needs_no_consent(visit: Appointment) -> None:
    visit.consents.update(withdrawn_at=NOW, withdrawn_by="patient")
    exercise = Used(treatment=make_treatment(), regions=["neck"])
    assert keep(visit, Written(techniques=[exercise])).signed_at == NOW


@pytest.mark.parametrize("status", ["confirmed", "no_show", "cancelled"])
def test_nothing_is_written_about_a_visit_that_has_not_begun(visit: Appointment, status: str) -> None:
    Appointment.objects.update(status=status)
    with pytest.raises(refusals.NotBegun):
        keep(visit, needled(), signs=False)


def test_it_is_written_by_who_treated(visit: Appointment) -> None:
    with pytest.raises(refusals.NotYourRecord):
        keep(visit, needled(), practitioner=another_physio())


def test_what_is_signed_is_not_written_again(visit: Appointment) -> None:
    keep(visit, needled())
    for signs in (True, False):
        with pytest.raises(refusals.AlreadyLocked):
            keep(visit, replace(needled(), note="Otherwise."), signs=signs)


def test_the_database_keeps_a_signed_record(visit: Appointment) -> None:
    keep(visit, needled())
    for change in (
        lambda: VisitRecord.objects.update(note="Otherwise."),
        lambda: TechniqueUsed.objects.update(needles_in=1, needles_out=1),
        lambda: TechniqueUsed.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_an_addition_stands_below_with_name_and_time(visit: Appointment) -> None:
    keep(visit, needled())
    add(visit)
    added = VisitRecord.objects.get().additions.get()
    assert (added.text, added.by, added.at) == ("The right side.", physio_of(visit), NOW)


def test_a_draft_is_changed_and_not_added_to(visit: Appointment) -> None:
    keep(visit, needled(), signs=False)
    with pytest.raises(refusals.NotLocked):
        add(visit)


def test_an_addition_says_something(visit: Appointment) -> None:
    keep(visit, needled())
    with pytest.raises(refusals.NothingToAdd):
        add(visit, " ")


def test_another_physio_does_not_add(visit: Appointment) -> None:
    keep(visit, needled())
    with pytest.raises(refusals.NotYourRecord):
        add(visit, practitioner=another_physio())


def test_needling_that_was_signed_plans_aftercare(visit: Appointment) -> None:
    keep(visit, needled())
    assert Message.objects.filter(occasion="aftercare").count() == 1


def test_without_needling_no_aftercare_is_planned(visit: Appointment) -> None:
    keep(visit, Written(techniques=[Used(treatment=make_treatment(), regions=["neck"])]))
    assert not Message.objects.filter(occasion="aftercare").exists()


def test_the_log_holds_no_word_of_it(visit: Appointment) -> None:
    keep(visit, replace(needled(), note="canary-7319"))
    assert "canary" not in str(list(AuditEntry.objects.values_list("verb", "detail")))
