"""What the diary asks the database: three statements, whatever the number of physios and days.

Lapsed and cancelled visits are left out: their time is free. Money is summed where the rows are, because a
week of a large clinic is a thousand visits and an object for each payment would be most of the work.
"""

from booking.rules.lifecycle import OCCUPIES_TIME

OCCUPYING = ", ".join(f"'{status}'" for status in sorted(OCCUPIES_TIME))

VISITS = f"""
SELECT appointment.id, appointment.sequence, appointment.status,
    appointment.starts_at, appointment.ends_at,
    appointment.practitioner_id, appointment.location_id, room.name,
    service.name, service.visit_kind = 'first',
    patient.id, patient.name, patient.alert <> '', appointment.patient_note <> '',
    appointment.overbook_reason, appointment.arrived_at, appointment.started_at, appointment.source,
    appointment.price_minor,
    COALESCE((SELECT sum(amount_minor) FROM booking_receipt
        WHERE appointment_id = appointment.id), 0)
    + COALESCE((SELECT sum(amount_minor) FROM booking_payment
        WHERE appointment_id = appointment.id AND state = 'paid'), 0)
    - COALESCE((SELECT sum(refund.amount_minor) FROM booking_refund AS refund
        JOIN booking_payment AS payment ON payment.id = refund.payment_id
        WHERE payment.appointment_id = appointment.id
          AND refund.state IN ('requested', 'submitting', 'pending', 'succeeded')), 0),
    EXISTS (SELECT FROM booking_message WHERE appointment_id = appointment.id AND state = 'failed')
    OR EXISTS (SELECT FROM booking_payment WHERE appointment_id = appointment.id AND problem <> '')
    OR EXISTS (SELECT FROM booking_leave AS leave
        WHERE leave.practitioner_id = appointment.practitioner_id AND appointment.status = 'confirmed'
          AND leave.starts_at < appointment.ends_at AND leave.ends_at > appointment.starts_at)
FROM booking_appointment AS appointment
JOIN catalogue_service AS service ON service.id = appointment.service_id
LEFT JOIN booking_room AS room ON room.id = appointment.room_id
LEFT JOIN accounts_patient AS patient ON patient.id = appointment.patient_id
WHERE appointment.status IN ({OCCUPYING})
  AND NOT (appointment.status = 'held' AND appointment.hold_expires_at <= %(now)s)
  AND (%(visit)s::uuid IS NULL OR appointment.id = %(visit)s)
  AND (%(location)s::bigint IS NULL OR appointment.location_id = %(location)s)
  AND appointment.starts_at >= %(start)s AND appointment.starts_at < %(end)s
ORDER BY appointment.starts_at, appointment.practitioner_id
"""  # noqa: S608 -- made of the constants above

COLUMNS = """
SELECT practitioner.id, practitioner.slug, practitioner.name,
    (SELECT json_agg(json_build_array(location_id, weekday, opens, closes, valid_from, valid_until))
     FROM booking_workinghours
     WHERE practitioner_id = practitioner.id AND (valid_until IS NULL OR valid_until >= %(first_day)s)),
    (SELECT json_agg(json_build_array(date, location_id, opens, closes)) FROM booking_hoursondate
     WHERE practitioner_id = practitioner.id AND date BETWEEN %(first_day)s AND %(last_day)s),
    (SELECT json_agg(json_build_array(id, kind, reason, starts_at, ends_at) ORDER BY starts_at)
     FROM booking_leave
     WHERE practitioner_id = practitioner.id AND ends_at > %(start)s AND starts_at < %(end)s)
FROM accounts_practitioner AS practitioner
WHERE active
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
