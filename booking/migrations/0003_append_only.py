from django.db import migrations

FORBID = """
CREATE FUNCTION rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON booking_auditentry
    FOR EACH ROW EXECUTE FUNCTION rows_stay();
CREATE TRIGGER receipts_stay BEFORE UPDATE OR DELETE ON booking_receipt
    FOR EACH ROW EXECUTE FUNCTION rows_stay();
"""
ALLOW = """
DROP TRIGGER receipts_stay ON booking_receipt;
DROP TRIGGER audit_entries_stay ON booking_auditentry;
DROP FUNCTION rows_stay();
"""


class Migration(migrations.Migration):
    """Nobody who can reach the application can rewrite what happened or what was taken."""

    dependencies = [("booking", "0002_tables")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
