"""An amount as somebody types it at the desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from catalogue.money import MINOR_DIGITS


class AmountField(forms.DecimalField):
    """64 or 64.50, in the clinic's currency; cleaned, it is an integer in minor units."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=9, decimal_places=_digits(), **options)

    def clean(self, value: Any) -> Any:
        amount: Decimal = super().clean(value)
        return int(amount.scaleb(_digits()))


def _digits() -> int:
    return MINOR_DIGITS.get(settings.CLINIC_CURRENCY, 2)
