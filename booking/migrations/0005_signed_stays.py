from django.db import migrations

FORBID = """
CREATE FUNCTION signed_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed record is locked: add to it instead';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_records_stay BEFORE UPDATE OR DELETE ON booking_visitrecord
    FOR EACH ROW EXECUTE FUNCTION signed_record_stays();

CREATE FUNCTION technique_of_signed_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM booking_visitrecord
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.record_id ELSE OLD.record_id END
          AND signed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a signed record is locked: add to it instead';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER techniques_of_signed_records_stay BEFORE INSERT OR UPDATE OR DELETE ON booking_techniqueused
    FOR EACH ROW EXECUTE FUNCTION technique_of_signed_record_stays();

CREATE TRIGGER additions_stay BEFORE UPDATE OR DELETE ON booking_recordaddition
    FOR EACH ROW EXECUTE FUNCTION rows_stay();

CREATE TRIGGER earlier_plans_stay BEFORE UPDATE OR DELETE ON booking_earlierplan
    FOR EACH ROW EXECUTE FUNCTION rows_stay();

CREATE FUNCTION signed_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['withdrawn_at', 'withdrawn_by', 'patient_id'];
BEGIN
    IF OLD.signed_at IS NOT NULL AND (
        TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
    ) THEN
        RAISE EXCEPTION 'a signed consent is kept as it was signed: it can only be withdrawn';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_consents_stay BEFORE UPDATE OR DELETE ON booking_consent
    FOR EACH ROW EXECUTE FUNCTION signed_consent_stays();
"""
ALLOW = """
DROP TRIGGER signed_consents_stay ON booking_consent;
DROP FUNCTION signed_consent_stays();
DROP TRIGGER earlier_plans_stay ON booking_earlierplan;
DROP TRIGGER additions_stay ON booking_recordaddition;
DROP TRIGGER techniques_of_signed_records_stay ON booking_techniqueused;
DROP FUNCTION technique_of_signed_record_stays();
DROP TRIGGER signed_records_stay ON booking_visitrecord;
DROP FUNCTION signed_record_stays();
"""


class Migration(migrations.Migration):
    """What was signed stays as it was signed, whoever can reach the application. Merging moves its owner."""

    dependencies = [("booking", "0004_clinical_tables")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
