"""Who people are: those who sign in, those who are treated, those who treat."""

from accounts.models.credential import BodyRegion, Credential
from accounts.models.patient import Patient
from accounts.models.practitioner import Practitioner
from accounts.models.user import User

__all__ = ["BodyRegion", "Credential", "Patient", "Practitioner", "User"]
