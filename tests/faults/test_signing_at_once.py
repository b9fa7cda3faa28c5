"""Two tabs that sign the same consent at the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from booking.actions.clinical.consents import AlreadySigned
from booking.models import Consent
from tests.factories import at
from tests.needling import make_needled_visit, sign

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_signs_and_the_others_are_told() -> None:
    visit, line = make_needled_visit(starts_at=at(3, "10:00")), Barrier(4)

    def one() -> str:
        try:
            line.wait(timeout=10)
            sign(visit, now=at(3, "10:05"))
        except AlreadySigned:
            return "told"
        else:
            return "signed"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as tabs:
        ended = Counter(tab.result() for tab in [tabs.submit(one) for _ in range(4)])

    assert ended == {"signed": 1, "told": 3}
    assert Consent.objects.filter(signed_at__isnull=False).count() == 1
