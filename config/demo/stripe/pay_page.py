"""The hosted pay page: server-rendered, without scripts, plainly marked as a demonstration."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from . import money
from .cards import CARDS, ON_THE_PAY_PAGE
from .errors import ApiError
from .store import Object

if TYPE_CHECKING:
    from .control import Control

HERE = Path(__file__).parent
STYLE = (HERE / "pay_page.css").read_text()
PAGE = Template((HERE / "pay_page.html").read_text())
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CLOSED = "This payment page was completed or timed out"
DECLINED = "The card was declined. Nothing was charged. Choose another card or go back."


@dataclass(frozen=True)
class Page:
    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def respond(control: Control, *, method: str, path: str, sent: str) -> Page:
    session_id = path.removeprefix("/pay/").strip("/")
    try:
        session = control.session(session_id)
    except ApiError:
        return _page(
            404,
            "Not found",
            '<h1 class="said">There is no such payment page</h1><p>Check the address, or start again.</p>',
        )
    if session["status"] != "open":
        return _closed(session)
    if method == "GET":
        return _choose(control, session)
    return _attempt(control, session, {name: values[0] for name, values in parse_qs(sent).items()})


def _attempt(control: Control, session: Object, form: Mapping[str, str]) -> Page:
    number = "".join(filter(str.isdigit, form.get("number") or form.get("card", "")))
    authenticated = {"approve": True, "decline": False}.get(form.get("bank", ""))
    try:
        outcome = control.pay(session["id"], number, authenticated=authenticated)
    except ApiError as refusal:
        if refusal.body["error"].get("code") == "session_closed":
            return _closed(control.session(session["id"]))
        problem = "That is not one of the test cards. Choose one from the list, or type its number."
        return _choose(control, session, problem=problem)
    if outcome == "needs_authentication":
        return _ask_the_bank(session, number)
    if outcome == "declined":
        return _choose(control, session, problem=DECLINED)
    location = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
    return Page(303, headers={"Location": location, "Cache-Control": "no-store"})


def _closed(session: Object) -> Page:
    back = _back(session, "Go back to the clinic")
    said = f'<h1 class="said">{CLOSED}</h1>'
    content = f"{said}<p>The clinic knows which of the two. Nothing is charged twice.</p>{back}"
    return _page(200, CLOSED, content, session)


def _choose(control: Control, session: Object, *, problem: str = "") -> Page:
    saving = session["mode"] == "setup"
    verb = "Save the card" if saving else f"Pay {_amount(session)}"
    cards = "".join(
        f'<label class="card"><input type="radio" name="card" value="{number}"{" checked" * (index == 0)}>'
        f"<span><b>{_spaced(number)}</b><small>{escape(CARDS[number].does)}</small></span></label>"
        for index, number in enumerate(ON_THE_PAY_PAGE)
    )
    warning = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    content = f"""{_summary(control, session)}
<form class="sheet" method="post">{warning}
<fieldset><legend>Test card</legend>{cards}</fieldset>
<label class="typed" for="number">Or type another test card’s number</label>
<input type="text" id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="24"
 aria-describedby="hint">
<p class="hint" id="hint">What you type here is used instead of the list. No date or code is asked for.</p>
<button>{escape(verb)}</button>
</form>
{_back(session, "Back, without paying" if not saving else "Back, without saving")}"""
    return _page(402 if problem else 200, verb, content, session)


def _summary(control: Control, session: Object) -> str:
    rows = "".join(
        _row(line["description"], money.shown(line["amount_total"], line["currency"]))
        for line in control.line_items(session["id"])
    )
    if session["customer_email"]:
        rows += _row("Receipt to", session["customer_email"])
    if session["mode"] == "setup":
        return f'<h1>Save a card for later</h1><p class="amount">Nothing to pay today</p><dl>{rows}</dl>'
    return f'<h1>To pay</h1><p class="amount">{_amount(session)}</p><dl>{rows}</dl>'


def _row(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"


def _ask_the_bank(session: Object, number: str) -> Page:
    what = f"pay {_amount(session)}" if session["mode"] == "payment" else "save this card"
    content = f"""<form class="sheet" method="post">
<h1 class="said">Your bank asks: is it you?</h1>
<p>You want to {what} with the card ending {number[-4:]}. This step plays the bank’s part.</p>
<input type="hidden" name="number" value="{number}">
<button name="bank" value="approve">Yes, approve</button>
<button class="second" name="bank" value="decline">No, decline</button>
</form>"""
    return _page(200, "Your bank asks", content, session)


def _back(session: Object, words: str) -> str:
    if not session["cancel_url"]:
        return ""
    return f'<p><a class="back" href="{escape(session["cancel_url"])}">{escape(words)}</a></p>'


def _amount(session: Object) -> str:
    return money.shown(session["amount_total"] or 0, session["currency"] or "gbp")


def _spaced(number: str) -> str:
    return "\u00a0".join(number[index : index + 4] for index in range(0, len(number), 4))


def _page(status: int, title: str, content: str, session: Object | None = None) -> Page:
    # A browser checks the redirect after a form against form-action too: hence the clinic's address.
    targets = {"'self'"}
    if session:
        targets |= {_origin(session[name]) for name in ("success_url", "cancel_url") if session[name]}
    policy = (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src data:; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {' '.join(sorted(targets))}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return Page(status, PAGE.substitute(title=escape(title), style=STYLE, content=content), headers)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
