"""What the diary asks the database: three statements, whatever the number of physios and days.

Lapsed and cancelled visits are left out: their time is free. Money is summed where the rows are, because a
week of a large clinic is a thousand visits and an object for each payment would be most of the work. For the
same reason a visit comes as text and numbers, its moments as minutes: making UUIDs and datetimes of each row
took longer than asking for it.

Whoever has left works nowhere any more, and has a column for as long as visits of theirs are drawn.
"""

from booking.models import Message, Refund
from booking.queries.needs_a_hand import BOOKED_ONLINE, CONFIRMED_BY_TELEPHONE, LOOK_BACK
from booking.rules.lifecycle import OCCUPIES_TIME, PAYABLE

OCCUPYING = ", ".join(f"'{status}'" for status in sorted(OCCUPIES_TIME))
GOES_BACK = ", ".join(f"'{state}'" for state in Refund.COUNTS)
PAY_LATER = ", ".join(f"'{status}'" for status in sorted(PAYABLE))
PAY_LINK, MONEY_BACK = Message.Occasion.PAY_LINK.value, Message.Occasion.MONEY_BACK.value
BOOKED_ALONE = ", ".join(f"'{source}'" for source in BOOKED_ONLINE)
NOT_OWED_AGAIN = ", ".join(f"'{reason}'" for reason in Refund.LOWERS_THE_PRICE)


def minute(column: str) -> str:
    """The minute that contains this moment, as the rules count them."""
    return f"div(extract(epoch FROM {column}), 60)::int"


VISITS = f"""
WITH drawn AS (
    SELECT * FROM booking_appointment
    WHERE status IN ({OCCUPYING})
      AND NOT (status = 'held' AND hold_expires_at <= %(now)s)
      AND (%(location)s::bigint IS NULL OR location_id = %(location)s)
      AND starts_at >= %(start)s AND starts_at < %(end)s
),
money AS (
    SELECT appointment_id, sum(amount_minor) AS covered, bool_or(wants) AS wants
    FROM (
        SELECT appointment_id, amount_minor, false AS wants FROM booking_receipt
        WHERE appointment_id IN (SELECT id FROM drawn) AND refund_reason NOT IN ({NOT_OWED_AGAIN})
        UNION ALL
        SELECT appointment_id, CASE WHEN state = 'paid' THEN amount_minor ELSE 0 END, problem <> ''
        FROM booking_payment WHERE appointment_id IN (SELECT id FROM drawn)
        UNION ALL
        SELECT payment.appointment_id, -refund.amount_minor, false
        FROM booking_refund AS refund JOIN booking_payment AS payment ON payment.id = refund.payment_id
        WHERE payment.appointment_id IN (SELECT id FROM drawn)
          AND refund.state IN ({GOES_BACK}) AND refund.reason NOT IN ({NOT_OWED_AGAIN})
        UNION ALL
        SELECT payment.appointment_id, 0, true
        FROM booking_refund AS refund JOIN booking_payment AS payment ON payment.id = refund.payment_id
        WHERE payment.appointment_id IN (SELECT id FROM drawn) AND refund.problem <> ''
    ) AS rows
    GROUP BY appointment_id
),
undelivered AS (
    SELECT drawn.id, bool_or(occasion = '{PAY_LINK}') AS links,
        bool_or(occasion = '{MONEY_BACK}' OR occasion <> '{PAY_LINK}' AND starts_at > %(now)s
                AND message.sequence = drawn.sequence) AS letters
    FROM booking_message AS message JOIN drawn ON drawn.id = message.appointment_id
    WHERE state = 'failed' AND message.practitioner_id IS NULL
      AND due_at > %(now)s - interval '{LOOK_BACK.days} days'
    GROUP BY drawn.id
)
SELECT drawn.id::text, drawn.sequence, drawn.status, {minute("drawn.starts_at")}, {minute("drawn.ends_at")},
    drawn.practitioner_id, drawn.location_id, room.name,
    service.name, service.visit_kind = 'first',
    patient.id::text, patient.name, patient.alert <> '', drawn.patient_note <> '', drawn.overbook_reason,
    {minute("drawn.arrived_at")}, {minute("drawn.started_at")}, drawn.source,
    drawn.price_minor, COALESCE(money.covered, 0)::int,
    COALESCE(money.wants, false) OR COALESCE(undelivered.letters, false)
    OR COALESCE(undelivered.links, false) AND drawn.status IN ({PAY_LATER})
       AND COALESCE(money.covered, 0) < drawn.price_minor
    OR drawn.status = 'confirmed' AND drawn.starts_at > %(now)s AND (
        NOT physio.active
        OR EXISTS (SELECT FROM booking_leave AS leave
            WHERE leave.practitioner_id = drawn.practitioner_id
              AND leave.starts_at < drawn.ends_at AND leave.ends_at > drawn.starts_at)
        OR EXISTS (SELECT FROM booking_closure AS closure
            WHERE (closure.location_id IS NULL OR closure.location_id = drawn.location_id)
              AND (drawn.starts_at AT TIME ZONE %(zone)s)::date
                  BETWEEN closure.first_day AND closure.last_day)
        OR service.required_credential <> '' AND NOT EXISTS (SELECT FROM accounts_credential AS held
            JOIN booking_location AS location ON location.id = drawn.location_id
            WHERE held.practitioner_id = drawn.practitioner_id
              AND held.technique = service.required_credential
              AND (service.required_region = '' OR held.region IN ('', service.required_region))
              AND (drawn.starts_at AT TIME ZONE location.time_zone)::date
                  BETWEEN held.valid_from AND COALESCE(held.valid_until, 'infinity'))
        OR drawn.pays_at_clinic AND patient.email_proved_at IS NULL AND drawn.source IN ({BOOKED_ALONE})
            AND NOT EXISTS (SELECT FROM booking_auditentry AS entry
                WHERE entry.appointment_id = drawn.id AND entry.verb = '{CONFIRMED_BY_TELEPHONE}'))
FROM drawn
JOIN catalogue_service AS service ON service.id = drawn.service_id
JOIN accounts_practitioner AS physio ON physio.id = drawn.practitioner_id
LEFT JOIN booking_room AS room ON room.id = drawn.room_id
LEFT JOIN accounts_patient AS patient ON patient.id = drawn.patient_id
LEFT JOIN money ON money.appointment_id = drawn.id
LEFT JOIN undelivered ON undelivered.id = drawn.id
ORDER BY drawn.starts_at, drawn.practitioner_id
"""  # noqa: S608 -- made of the constants above

COLUMNS = """
SELECT practitioner.id, practitioner.slug, practitioner.name,
    (SELECT json_agg(json_build_array(location_id, weekday, opens, closes, valid_from, valid_until))
     FROM booking_workinghours
     WHERE practitioner.active AND practitioner_id = practitioner.id
       AND (valid_until IS NULL OR valid_until >= %(first_day)s)),
    (SELECT json_agg(json_build_array(date, location_id, opens, closes)) FROM booking_hoursondate
     WHERE practitioner.active AND practitioner_id = practitioner.id
       AND date BETWEEN %(first_day)s AND %(last_day)s),
    (SELECT json_agg(json_build_array(id, kind, reason, starts_at, ends_at) ORDER BY starts_at)
     FROM booking_leave
     WHERE practitioner_id = practitioner.id AND ends_at > %(start)s AND starts_at < %(end)s)
FROM accounts_practitioner AS practitioner
WHERE (active OR practitioner.id = ANY(%(drawn)s::bigint[]))
  AND (%(practitioner)s::bigint IS NULL OR practitioner.id = %(practitioner)s)
ORDER BY position, name, id
"""

PLACES = """
SELECT id, slug, name, time_zone,
    (SELECT json_agg(json_build_array(name, first_day, last_day)) FROM booking_closure
     WHERE (location_id = location.id OR location_id IS NULL)
       AND last_day >= %(first_day)s AND first_day <= %(last_day)s)
FROM booking_location AS location
WHERE active
ORDER BY position, name, id
"""
