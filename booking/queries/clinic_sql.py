"""What the search for open times asks the database: three statements, whatever the size of the clinic.

Written in SQL by hand. Django would need a query for each table and an object for each row; here each
practitioner and each location is one row, and busy time comes as arrays of minutes, so that a full diary
costs little more than an empty one.
"""

from booking.rules.lifecycle import OCCUPIES_TIME

PLACES = """
SELECT id, slug, name, time_zone,
    (SELECT json_agg(json_build_array(first_day, last_day)) FROM booking_closure
     WHERE (location_id = location.id OR location_id IS NULL)
       AND last_day >= %(first_day)s AND first_day <= %(last_day)s),
    (SELECT json_agg(json_build_array(id, kind) ORDER BY position, name, id) FROM booking_room
     WHERE location_id = location.id AND active AND kind = ANY(%(kinds)s)),
    (SELECT json_agg(json_build_array(origin_id, destination_id, minutes)) FROM booking_travel
     WHERE location.id IN (origin_id, destination_id))
FROM booking_location AS location
WHERE active
ORDER BY position, name, id
"""

# The statuses are written as in the partial indexes, so that PostgreSQL sees that it may use them. A hold
# that ran out keeps nobody out, even before it has been tidied away; one's own hold looks free to oneself.
BUSY = f"""
    appointment.status IN ({", ".join(f"'{status}'" for status in sorted(OCCUPIES_TIME))})
    AND appointment.starts_at >= %(start)s AND appointment.starts_at < %(end)s
    AND NOT (appointment.status = 'held' AND appointment.hold_expires_at <= %(now)s)
    AND appointment.id IS DISTINCT FROM %(ignoring)s
"""

# The dates on which no more of a service fit under its cap, by the calendar of the location.
FULL_DAYS = f"""
SELECT service.id AS service_id, (starts_at AT TIME ZONE location.time_zone)::date AS day
FROM booking_appointment AS appointment
JOIN booking_location AS location ON location.id = appointment.location_id
JOIN catalogue_service AS service ON service.id = appointment.service_id
WHERE appointment.practitioner_id = practitioner.id AND service.id = ANY(%(capped)s) AND {BUSY}
GROUP BY 1, 2
HAVING count(*) >= service.daily_cap
"""  # noqa: S608 -- made of the constants above

PEOPLE = f"""
SELECT id, slug, name,
    (SELECT array_agg(service_id) FROM catalogue_service_practitioners
     WHERE practitioner_id = practitioner.id AND service_id = ANY(%(services)s)),
    (SELECT json_agg(json_build_array(location_id, weekday, opens, closes, valid_from, valid_until))
     FROM booking_workinghours
     WHERE practitioner_id = practitioner.id AND (valid_until IS NULL OR valid_until >= %(first_day)s)),
    (SELECT json_agg(json_build_array(date, location_id, opens, closes)) FROM booking_hoursondate
     WHERE practitioner_id = practitioner.id AND date BETWEEN %(first_day)s AND %(last_day)s),
    (SELECT json_agg(json_build_array(
         floor(extract(epoch FROM starts_at) / 60), ceil(extract(epoch FROM ends_at) / 60)))
     FROM booking_leave
     WHERE practitioner_id = practitioner.id
       AND ends_at > %(first_day)s::timestamptz AND starts_at < %(last_day)s::timestamptz),
    (SELECT json_agg(json_build_array(technique, region, valid_from, valid_until)) FROM accounts_credential
     WHERE practitioner_id = practitioner.id),
    (SELECT json_agg(json_build_array(service_id, day)) FROM ({FULL_DAYS}) AS full_day)
FROM accounts_practitioner AS practitioner
WHERE active AND EXISTS (
    SELECT FROM catalogue_service_practitioners
    WHERE practitioner_id = practitioner.id AND service_id = ANY(%(services)s))
ORDER BY position, name, id
"""  # noqa: S608 -- made of the constants above

# One pass over the rows: each belongs to a practitioner at a location and, mostly, to a room.
BUSY_SPANS = f"""
SELECT practitioner_id, location_id, room_id,
    array_agg((date_part('epoch', starts_at) / 60)::int),
    array_agg((date_part('epoch', occupied_until) / 60)::int)
FROM booking_appointment AS appointment
WHERE (practitioner_id = ANY(%(practitioners)s) OR room_id = ANY(%(rooms)s)) AND {BUSY}
GROUP BY practitioner_id, location_id, room_id
"""  # noqa: S608 -- made of the constants above
