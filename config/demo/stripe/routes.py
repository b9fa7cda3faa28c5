"""Stripe's addresses that the stand-in answers, each with the SDK's types for its request and its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import stripe
from stripe import params
from stripe.checkout import Session
from stripe.params import checkout as checkout_params

from . import checkout, customers, disputes, events, intents, refunds


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    """With `:id` where the object's id stands."""
    handler: Callable[..., Any]
    takes: type
    gives: type
    listed: bool = False

    def match(self, method: str, path: str) -> list[str] | None:
        if method != self.method:
            return None
        found = re.fullmatch(self.path.replace(":id", "([A-Za-z0-9_]+)"), path)
        return list(found.groups()) if found else None


ROUTES = (
    Route("POST", "/v1/checkout/sessions", checkout.create, checkout_params.SessionCreateParams, Session),
    Route(
        "GET", "/v1/checkout/sessions", checkout.list_all, checkout_params.SessionListParams, Session, True
    ),
    Route(
        "GET", "/v1/checkout/sessions/:id", checkout.retrieve, checkout_params.SessionRetrieveParams, Session
    ),
    Route(
        "POST",
        "/v1/checkout/sessions/:id/expire",
        checkout.expire,
        checkout_params.SessionExpireParams,
        Session,
    ),
    Route(
        "GET",
        "/v1/checkout/sessions/:id/line_items",
        checkout.list_line_items,
        checkout_params.SessionLineItemListParams,
        stripe.LineItem,
        True,
    ),
    Route(
        "POST", "/v1/payment_intents", intents.create, params.PaymentIntentCreateParams, stripe.PaymentIntent
    ),
    Route(
        "GET",
        "/v1/payment_intents",
        intents.list_all,
        params.PaymentIntentListParams,
        stripe.PaymentIntent,
        True,
    ),
    Route(
        "GET",
        "/v1/payment_intents/search",
        intents.search,
        params.PaymentIntentSearchParams,
        stripe.PaymentIntent,
        True,
    ),
    Route(
        "GET",
        "/v1/payment_intents/:id",
        intents.retrieve,
        params.PaymentIntentRetrieveParams,
        stripe.PaymentIntent,
    ),
    Route("GET", "/v1/charges/:id", intents.retrieve_charge, params.ChargeRetrieveParams, stripe.Charge),
    Route(
        "GET",
        "/v1/setup_intents/:id",
        customers.retrieve_setup_intent,
        params.SetupIntentRetrieveParams,
        stripe.SetupIntent,
    ),
    Route("POST", "/v1/customers", customers.create, params.CustomerCreateParams, stripe.Customer),
    Route("GET", "/v1/customers/:id", customers.retrieve, params.CustomerRetrieveParams, stripe.Customer),
    Route("POST", "/v1/customers/:id", customers.update, params.CustomerUpdateParams, stripe.Customer),
    Route("DELETE", "/v1/customers/:id", customers.delete, params.CustomerDeleteParams, stripe.Customer),
    Route(
        "GET",
        "/v1/customers/:id/payment_methods",
        customers.list_methods,
        params.CustomerPaymentMethodListParams,
        stripe.PaymentMethod,
        True,
    ),
    Route(
        "GET",
        "/v1/payment_methods/:id",
        customers.retrieve_method,
        params.PaymentMethodRetrieveParams,
        stripe.PaymentMethod,
    ),
    Route(
        "POST",
        "/v1/payment_methods/:id/detach",
        customers.detach,
        params.PaymentMethodDetachParams,
        stripe.PaymentMethod,
    ),
    Route("POST", "/v1/refunds", refunds.create, params.RefundCreateParams, stripe.Refund),
    Route("GET", "/v1/refunds", refunds.list_all, params.RefundListParams, stripe.Refund, True),
    Route("GET", "/v1/refunds/:id", refunds.retrieve, params.RefundRetrieveParams, stripe.Refund),
    Route("GET", "/v1/disputes", disputes.list_all, params.DisputeListParams, stripe.Dispute, True),
    Route("GET", "/v1/disputes/:id", disputes.retrieve, params.DisputeRetrieveParams, stripe.Dispute),
    Route("GET", "/v1/events", events.list_all, params.EventListParams, stripe.Event, True),
    Route("GET", "/v1/events/:id", events.retrieve, params.EventRetrieveParams, stripe.Event),
)
