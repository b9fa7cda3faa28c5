from django.db import migrations

FORBID = """
CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are append-only';
END $$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON booking_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();
"""
ALLOW = """
DROP TRIGGER audit_entries_stay ON booking_auditentry;
DROP FUNCTION audit_entries_stay();
"""


class Migration(migrations.Migration):
    """Nobody who can reach the application can rewrite what happened."""

    dependencies = [("booking", "0002_tables")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
