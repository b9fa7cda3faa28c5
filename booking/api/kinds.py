"""Every kind of refusal this door knows. Its address is stable: programs tell refusals apart by it.

Each says what happened, what was not lost, and what to do. The description of the API lists them all.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    slug: str
    status: int
    title: Text
    detail: Text

    @property
    def type(self) -> str:
        return f"/problems/{self.slug}"


# --- The request itself ----------------------------------------------------------------------------------

MALFORMED = Kind(
    "malformed", 400, _("The request could not be read"),
    _("The body is not JSON as this API reads it. Nothing was changed."),
)  # fmt: skip
INVALID = Kind(
    "invalid", 400, _("Something in the request is not right"),
    _("Nothing was changed. The list says which fields to put right."),
)  # fmt: skip
SIGN_IN = Kind(
    "sign-in", 401, _("This needs a sign-in"), _("Sign in, or send the token that came with the booking.")
)
NOT_ALLOWED = Kind(
    "not-allowed", 403, _("This is not allowed"),
    _("You are signed in, but this is not yours to do. Nothing was changed."),
)  # fmt: skip
NOT_FOUND = Kind(
    "not-found", 404, _("There is nothing here"),
    _("Nothing is at this address, or it is not yours to see. Addresses end with a slash."),
)  # fmt: skip
METHOD = Kind(
    "method-not-allowed", 405, _("This address does not do that"), _("The Allow header lists what it does.")
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable", 406, _("That form is not spoken here"), _("Ask for application/json.")
)
TOO_LARGE = Kind(
    "too-large", 413, _("The request is too large"), _("Nothing was changed. Send 64 kB at most.")
)
MEDIA_TYPE = Kind(
    "unsupported-media-type", 415, _("That form is not read here"),
    _("Nothing was changed. Send application/json."),
)  # fmt: skip
TOO_MANY = Kind(
    "too-many-requests", 429, _("Too many requests"),
    _("Nothing was changed. The Retry-After header says how many seconds to wait."),
)  # fmt: skip
KEY_REUSED = Kind(
    "idempotency-key-reused", 422, _("This key belongs to another request"),
    _("The Idempotency-Key was sent before with something else. Nothing was changed. Take a new key."),
)  # fmt: skip
KEY_IN_USE = Kind(
    "idempotency-key-in-use", 409, _("The first request with this key is still running"),
    _("Nothing is done twice. Ask again in a moment with the same key."),
)  # fmt: skip

# --- The booking -----------------------------------------------------------------------------------------

TIME_TAKEN = Kind(
    "time-taken", 409, _("That time is not free"),
    _("Somebody else was faster, or it is not offered. Nothing was changed. Choose another time."),
)  # fmt: skip
TIME_PASSED = Kind(
    "time-passed", 409, _("That time has passed"),
    _("Nothing was changed. Choose one that is still to come: `nearest` lists those that are free."),
)  # fmt: skip
TOO_SOON = Kind(
    "too-soon", 409, _("That is too soon to book online"),
    _("The service asks for more notice. Nothing was changed. Choose a later time, or ring the clinic."),
)  # fmt: skip
SCREENING_FORBIDS = Kind(
    "screening-forbids", 409, _("The answers do not allow this visit"),
    _("Nothing was held or booked. What was answered says what to do instead: see `advice` and `instead`."),
)  # fmt: skip
SCREENING_EXPIRED = Kind(
    "screening-expired", 409, _("The answers are too long ago"),
    _("Nothing was held or booked. Ask the questions of the service again."),
)  # fmt: skip
SCREENING_OF_ANOTHER = Kind(
    "screening-of-another", 409, _("The questions were answered for somebody else"),
    _("Nothing was booked; the time is still held. Hold it again with the answers of who is coming."),
)  # fmt: skip
SCREENING_REPLACED = Kind(
    "screening-replaced", 409, _("The questions have changed"),
    _("A new version came into force a moment ago. Nothing was kept. Ask for the questions again."),
)  # fmt: skip
HOLD_GONE = Kind(
    "hold-gone", 410, _("The time is no longer held"),
    _("It was held for as long as it could be. Nothing was booked and nothing charged. Hold a time again."),
)  # fmt: skip
HOLD_SETTLED = Kind(
    "hold-settled", 409, _("This time is already booked"),
    _("It is no longer a hold. To give it up, cancel the appointment."),
)  # fmt: skip
PAYMENT_UNDER_WAY = Kind(
    "payment-under-way", 409, _("A payment is under way"),
    _("The time stays held while it can still be paid for, and is let go when the payment page closes."),
)  # fmt: skip
POLICY_NOT_ACCEPTED = Kind(
    "policy-not-accepted", 400, _("The policy was not accepted"),
    _("Nothing is booked before the patient has said yes to the policy. The time is still held."),
)  # fmt: skip
PAYMENT_NOT_ALLOWED = Kind(
    "payment-not-allowed", 422, _("This visit is not paid in that way"),
    _("Nothing was booked and nothing charged; a held time is still held. The service says how it is paid."),
)  # fmt: skip
BOOKS_BY_TELEPHONE = Kind(
    "books-by-telephone", 409, _("This visit is booked by telephone"),
    _("Nothing was booked and nothing charged; the time is still held. Ring the clinic to book."),
)  # fmt: skip
TOO_LATE = Kind(
    "too-late", 409, _("It is too late for that"),
    _("The policy that was accepted no longer allows it. The visit stands as it was. Call the clinic."),
)  # fmt: skip
NOT_COMING = Kind(
    "not-coming", 409, _("This visit can no longer be changed"),
    _("It is cancelled, done, or was never booked. Nothing was changed."),
)  # fmt: skip
CODE_MISSING = Kind(
    "code-missing", 400, _("Say why it is cancelled"),
    _("Staff give a `code`: what goes back depends on whose doing it was. Nothing was changed."),
)  # fmt: skip
WRONG_STATE = Kind(
    "wrong-state", 409, _("That step does not follow from where it stands"),
    _("The visit has moved on in the meantime. Nothing was changed. Ask for it again."),
)  # fmt: skip
NOTHING_TO_PAY = Kind(
    "nothing-to-pay", 409, _("There is nothing to pay online"),
    _("It is paid, costs nothing, or will not take place. Nothing was charged."),
)  # fmt: skip
PAYMENT_UNREACHABLE = Kind(
    "payment-unreachable", 503, _("The payment page could not be opened"),
    _("The time is still held, the details are kept, and nothing was charged. Ask again in a moment."),
)  # fmt: skip

# --- Our own house ---------------------------------------------------------------------------------------

UNEXPECTED = Kind(
    "unexpected", 500, _("Something went wrong on our side"),
    _("We have been told. Ask again with the same Idempotency-Key, and nothing is done twice."),
)  # fmt: skip
UNAVAILABLE = Kind(
    "unavailable", 503, _("We cannot answer just now"),
    _("Ask again in a moment with the same Idempotency-Key, and nothing is done twice."),
)  # fmt: skip

ALL: tuple[Kind, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Kind))
