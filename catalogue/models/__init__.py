"""What the clinic offers: treatments that explain, conditions that bring people, services that are booked."""

from catalogue.models.clinical_text import ClinicalText
from catalogue.models.condition import Condition, ConditionTreatment
from catalogue.models.consent_text import ConsentText
from catalogue.models.policy import CancellationPolicy
from catalogue.models.published import Published
from catalogue.models.screening_form import ScreeningForm, ScreeningQuestion
from catalogue.models.service import Service
from catalogue.models.treatment import Treatment, TreatmentQuestion, TreatmentSource

__all__ = [
    "CancellationPolicy",
    "ClinicalText",
    "Condition",
    "ConditionTreatment",
    "ConsentText",
    "Published",
    "ScreeningForm",
    "ScreeningQuestion",
    "Service",
    "Treatment",
    "TreatmentQuestion",
    "TreatmentSource",
]
