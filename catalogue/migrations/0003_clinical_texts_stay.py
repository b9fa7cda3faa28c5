from django.db import migrations

FORBID = """
CREATE FUNCTION clinical_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        TG_OP = 'DELETE' OR NEW.state = 'draft' OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state'
    ) THEN
        RAISE EXCEPTION 'a published version of % never changes', TG_TABLE_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER screening_forms_stay BEFORE UPDATE OR DELETE ON catalogue_screeningform
    FOR EACH ROW EXECUTE FUNCTION clinical_text_stays();
CREATE TRIGGER consent_texts_stay BEFORE UPDATE OR DELETE ON catalogue_consenttext
    FOR EACH ROW EXECUTE FUNCTION clinical_text_stays();

CREATE FUNCTION screening_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM catalogue_screeningform
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.form_id ELSE OLD.form_id END AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'the questions of a published screening form never change';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER screening_questions_stay BEFORE INSERT OR UPDATE OR DELETE ON catalogue_screeningquestion
    FOR EACH ROW EXECUTE FUNCTION screening_question_stays();
"""
ALLOW = """
DROP TRIGGER screening_questions_stay ON catalogue_screeningquestion;
DROP FUNCTION screening_question_stays();
DROP TRIGGER consent_texts_stay ON catalogue_consenttext;
DROP TRIGGER screening_forms_stay ON catalogue_screeningform;
DROP FUNCTION clinical_text_stays();
"""


class Migration(migrations.Migration):
    """What was asked or signed stands as it stood: a change is a new version."""

    dependencies = [("catalogue", "0002_clinical_texts")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
