"""A stand-in for Stripe, for the demonstration and the tests.

It speaks Stripe's API over HTTP on this machine, and moves no money.
"""

from .cards import DECLINED, NEEDS_AUTHENTICATION, SUCCEEDS
from .server import KEY, WEBHOOK_SECRET, StandIn

__all__ = ["DECLINED", "KEY", "NEEDS_AUTHENTICATION", "SUCCEEDS", "WEBHOOK_SECRET", "StandIn"]
