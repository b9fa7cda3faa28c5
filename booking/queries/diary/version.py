"""Has anything in the diary changed? One cheap statement, asked every few seconds by every open screen.

Every action writes an audit entry, so the latest entries stand for the whole state of the visits. Their sum,
not the newest alone: of two actions that overlap, the one that was numbered first may be seen last. Hours,
leave and closures can also be edited in the back office, which writes no such entry, so every word of those
rows counts, and so does who is active: reading them all takes 1 ms for a thousand rows. It lives in
PostgreSQL alone: a restart of the site or of Redis loses nothing.
"""

from django.db import connection

VERSION = """
SELECT concat_ws('-',
    (SELECT concat(max(id), '.', sum(id)) FROM (
        SELECT id FROM booking_auditentry WHERE verb <> 'opened record' ORDER BY id DESC LIMIT 300
    ) AS latest),
    (SELECT concat(count(*), '.', sum(hash_record(absence))) FROM booking_leave AS absence),
    (SELECT concat(count(*), '.', sum(hash_record(closure))) FROM booking_closure AS closure),
    (SELECT concat(count(*), '.', sum(hash_record(hours))) FROM booking_workinghours AS hours),
    (SELECT concat(count(*), '.', sum(hash_record(hours))) FROM booking_hoursondate AS hours),
    (SELECT concat(count(*), '.', sum(id)) FROM accounts_practitioner WHERE active))
"""


def diary_version() -> str:
    """The same text for as long as the diary stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (version,) = cursor.fetchone()
    return str(version)
