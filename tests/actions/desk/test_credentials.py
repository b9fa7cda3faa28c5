"""Credentials written down, renewed and ended: times and booked visits follow from what is written."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Credential, User
from booking.actions.desk.credentials import (
    EndsBeforeItBegins,
    add_credential,
    end_credential,
    renew_credential,
)
from booking.models import AuditEntry
from tests.factories import NOW, make_credential, make_practitioner, make_user

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 12, 1), date(2028, 11, 30)


@pytest.fixture
def manager() -> User:
    return make_user(role="manager")


@pytest.fixture
def old() -> Credential:
    return make_credential(
        practitioner=make_practitioner(), region="neck", number="DN-1", valid_until=date(2026, 11, 30)
    )


def renew(old: Credential, manager: User, **changes: Any) -> Credential:
    asked = {"number": "DN-2", "valid_from": FIRST, "valid_until": LAST}
    return renew_credential(credential_id=old.pk, by=manager, now=NOW, **asked | changes)


def test_a_renewal_is_of_the_same_kind_with_a_new_number_and_new_days(old: Credential, manager: User) -> None:
    new = renew(old, manager)
    assert (new.practitioner, new.technique, new.region) == (old.practitioner, "dry-needling", "neck")
    assert (new.issued_by, new.number) == (old.issued_by, "DN-2")
    assert (new.valid_from, new.valid_until) == (FIRST, LAST)


def test_the_old_one_keeps_its_days(old: Credential, manager: User) -> None:
    renew(old, manager)
    old.refresh_from_db()
    assert (old.number, old.valid_until) == ("DN-1", date(2026, 11, 30))


def test_a_renewal_that_ends_before_it_begins_is_refused(old: Credential, manager: User) -> None:
    with pytest.raises(EndsBeforeItBegins):
        renew(old, manager, valid_until=date(2026, 11, 30))
    assert Credential.objects.get() == old


def test_a_credential_without_a_last_day_can_be_added(manager: User) -> None:
    added = add_credential(
        practitioner=make_practitioner(), technique="dry-needling", region="", issued_by="A college",
        number="", valid_from=FIRST, valid_until=None, by=manager, now=NOW,
    )  # fmt: skip
    assert Credential.objects.get() == added


def test_it_can_be_ended_earlier(old: Credential, manager: User) -> None:
    end_credential(credential_id=old.pk, last_day=date(2026, 11, 20), by=manager, now=NOW)
    old.refresh_from_db()
    assert old.valid_until == date(2026, 11, 20)


def test_it_cannot_end_before_its_first_day(old: Credential, manager: User) -> None:
    with pytest.raises(EndsBeforeItBegins):
        end_credential(credential_id=old.pk, last_day=date(2019, 12, 31), by=manager, now=NOW)
    old.refresh_from_db()
    assert old.valid_until == date(2026, 11, 30)


def test_who_wrote_it_down_is_known(old: Credential, manager: User) -> None:
    renew(old, manager)
    end_credential(credential_id=old.pk, last_day=date(2026, 11, 20), by=manager, now=NOW)
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.verb for entry in entries] == ["added credential", "ended credential"]
    assert {entry.actor_id for entry in entries} == {manager.pk}
    assert entries[1].detail["to"] == "2026-11-20"
