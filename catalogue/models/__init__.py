"""What the clinic offers: treatments that explain, conditions that bring people, services that are booked."""

from catalogue.models.condition import Condition, ConditionTreatment
from catalogue.models.policy import CancellationPolicy
from catalogue.models.published import Published
from catalogue.models.service import Service
from catalogue.models.treatment import Treatment, TreatmentQuestion, TreatmentSource

__all__ = [
    "CancellationPolicy",
    "Condition",
    "ConditionTreatment",
    "Published",
    "Service",
    "Treatment",
    "TreatmentQuestion",
    "TreatmentSource",
]
