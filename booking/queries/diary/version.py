"""Has anything in the diary changed? One cheap statement, asked every few seconds by every open screen.

Every action writes an audit entry, so the latest entries stand for the whole state of the visits. Their sum,
not the newest alone: of two actions that overlap, the one that was numbered first may be seen last. Hours,
leave and closures can also be edited in the back office, so their newest and their number count too, and so
does who is active. It lives
in PostgreSQL alone: a restart of the site or of Redis loses nothing.
"""

from django.db import connection

VERSION = """
SELECT concat_ws('-',
    (SELECT concat(max(id), '.', sum(id)) FROM (
        SELECT id FROM booking_auditentry WHERE verb <> 'opened record' ORDER BY id DESC LIMIT 300
    ) AS latest),
    (SELECT concat(max(id), '.', count(*)) FROM booking_leave),
    (SELECT concat(max(id), '.', count(*)) FROM booking_closure),
    (SELECT concat(max(id), '.', count(*)) FROM booking_workinghours),
    (SELECT concat(max(id), '.', count(*)) FROM booking_hoursondate),
    (SELECT concat(sum(id), '.', count(*)) FROM accounts_practitioner WHERE active))
"""


def diary_version() -> str:
    """The same text for as long as the diary stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (version,) = cursor.fetchone()
    return str(version)
