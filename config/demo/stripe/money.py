"""Amounts as Stripe counts and shows them: integers in the currency's smallest unit."""

from __future__ import annotations

ZERO_DECIMAL = frozenset(
    [
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "ugx",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    ]
)
SMALLEST_CHARGE = {"gbp": 30, "eur": 50, "usd": 50, "chf": 50, "cad": 50, "aud": 50, "nzd": 50, "jpy": 50}
SIGNS = {"gbp": "£", "eur": "€", "usd": "$", "jpy": "¥"}


def shown(amount: int, currency: str) -> str:
    """`£64.00`, `¥6,400`, `64.00 SEK`."""
    text = f"{amount:,}" if currency in ZERO_DECIMAL else f"{amount / 100:,.2f}"
    sign = SIGNS.get(currency)
    return f"{sign}{text}" if sign else f"{text} {currency.upper()}"
