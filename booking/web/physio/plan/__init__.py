"""The plan of a patient: made and ended by the physio."""
