"""What a test committed is taken away again.

Django truncates every table, each with its indexes as files of their own, and writes all permissions down
anew. Here the few rows are deleted, with the triggers that keep them for ever turned off.
"""

from django.db import connection

KEPT = ("django_migrations", "django_content_type", "auth_permission")  # written with the tables themselves

EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s) LOOP
        EXECUTE format('DELETE FROM %%I', name);
    END LOOP;
END $$
"""


def empty_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [list(KEPT)])
